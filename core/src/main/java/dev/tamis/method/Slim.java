package dev.tamis.method;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.solve.ElasticNet;
import dev.tamis.solve.SparseRows;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * SLIM: few weights between items, none below 0, by an elastic net an item ({@link ElasticNet}).
 * There is nothing to draw; every pair counts 1, ratings are not looked at.
 *
 * <p>Ning and Karypis: SLIM: Sparse Linear Methods for Top-N Recommender Systems, ICDM 2011. The
 * paper chooses both weights for each data set; {@code neighbours} is its fsSLIM with item-kNN as
 * what selects.
 */
public final class Slim implements Method<Slim.Options> {
  public static final Option<Double> L1 =
      Option.real("l1", 1, 0, 1e9, "weight of the sum of the weights; makes them few (lambda)")
          .orKnownAs("l1r");
  public static final Option<Double> L2 =
      Option.real("l2", 5, 0, 1e9, "weight of half the sum of the squared weights (beta)")
          .orKnownAs("l2r");
  public static final Option<Boolean> NON_NEGATIVE =
      Option.flag("non-negative", true, "whether weights below 0 are ruled out");
  public static final Option<Integer> NEIGHBOURS =
      Option.whole(
          "neighbours",
          0,
          0,
          Integer.MAX_VALUE,
          "how many other items, those nearest by cosine, may have a weight for an item; 0 for"
              + " any");
  public static final Option<Double> TOLERANCE =
      Option.real(
          "tolerance", 1e-4, 1e-9, 1, "an item is done when a turn moves no weight by more");
  public static final Option<Integer> MAX_TURNS =
      Option.whole("max-turns", 100, 1, 1_000_000, "turns over all weights of an item, at most");

  private static final List<Option<?>> OPTIONS =
      List.of(L1, L2, NON_NEGATIVE, NEIGHBOURS, TOLERANCE, MAX_TURNS);

  /** What the model is; each component is the option of that name. */
  public record Options(
      double l1, double l2, boolean nonNegative, int neighbours, double tolerance, int maxTurns) {
    /**
     * @throws dev.tamis.config.TamisException of kind CONFIG if a number is out of the range of its
     *     option
     */
    public Options {
      L1.check(l1);
      L2.check(l2);
      NEIGHBOURS.check(neighbours);
      TOLERANCE.check(tolerance);
      MAX_TURNS.check(maxTurns);
    }
  }

  @Override
  public String name() {
    return "slim";
  }

  @Override
  public String summary() {
    return "Few weights between items, each item explained by others through an elastic net; ranks"
        + " users it has never seen.";
  }

  @Override
  public String citation() {
    return "Ning, Karypis: SLIM: Sparse Linear Methods for Top-N Recommender Systems. ICDM 2011";
  }

  @Override
  public boolean ranksUnseenUsers() {
    return true;
  }

  @Override
  public List<Option<?>> options() {
    return OPTIONS;
  }

  @Override
  public Options readKnown(Settings given) {
    return new Options(
        given.get(L1),
        given.get(L2),
        given.get(NON_NEGATIVE),
        given.get(NEIGHBOURS),
        given.get(TOLERANCE),
        given.get(MAX_TURNS));
  }

  private static Settings settings(Options o) {
    return Settings.none()
        .with(L1, o.l1())
        .with(L2, o.l2())
        .with(NON_NEGATIVE, o.nonNegative())
        .with(NEIGHBOURS, o.neighbours())
        .with(TOLERANCE, o.tolerance())
        .with(MAX_TURNS, o.maxTurns());
  }

  /** How many weights there will be is not known before; 50 an item are assumed. */
  @Override
  public MemoryPlan plan(Interactions train, Options o, Run run) {
    int items = train.itemCount();
    long each = o.neighbours() == 0 ? 50 : Math.min(50, o.neighbours());
    return new MemoryPlan()
        .add("weights, about", items * (16 * each + 40))
        .add("work space", ElasticNet.bytes(train.userCount(), items, train.size(), run.threads()));
  }

  @Override
  public TrainedModel fit(Interactions train, Options o, Run run) {
    return ItemNeighbours.fit(
        name(),
        settings(o).complete(OPTIONS),
        train,
        run,
        (SparseRows users, Workers workers, IntConsumer progress) ->
            new ElasticNet(
                    users,
                    o.l1(),
                    o.l2(),
                    o.nonNegative(),
                    o.neighbours(),
                    o.tolerance(),
                    o.maxTurns(),
                    workers)
                .solve(progress));
  }
}
