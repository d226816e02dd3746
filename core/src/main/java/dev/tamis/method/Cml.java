package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.model.Initial;
import dev.tamis.objective.Hinge;
import dev.tamis.optim.OptimizerName;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.proposal.UniformProposal;
import dev.tamis.sample.refine.TopScored;
import dev.tamis.sample.refine.ViolationRankWeight;
import dev.tamis.train.Reduction;
import java.util.List;

/**
 * Collaborative metric learning: users and items are points of the unit ball, and a user's items
 * should be nearer than others, by a margin in the squared distance. Of several negatives the
 * nearest counts, by the logarithm of the rank that the share of negatives within the margin tells
 * of.
 *
 * <p>Hsieh, Yang, Cui, Lin, Belongie, Estrin: Collaborative Metric Learning, WWW 2017, sections 3.1
 * and 3.2; without item features. Defaults are those of its code for that case: margin 1.9, 20
 * uniform negatives, batches of 50,000 pairs whose losses are summed, Adagrad at 0.1 from 0.1,
 * start normal with variance 1 / dim, no covariance term. There the dimension is 100; 32 is that of
 * PRIS and FastVAE, which compare with it.
 *
 * <p>Deviations: vectors are in the ball from the start, not only after the first step. Each pair
 * stands in an epoch once, where the code draws pairs of shuffled lists without end.
 *
 * <p>The model is served as one of factors: {@code q . v - |v|^2 / 2} is half of {@code |q|^2 -
 * distance^2} and ranks a user's items as the distance does.
 */
public final class Cml implements PairMethod<Cml.Options> {
  public static final Option<Double> MARGIN =
      Option.real(
          "margin", 1.9, 0, 100, "by how much a user's items should be nearer, squared distance");
  private static final List<Option<?>> OPTIONS =
      PairOptions.without(
          PairOptions.list(
              List.of(
                  PairOptions.NEGATIVES.withDefault(20),
                  CommonOptions.BATCH_SIZE.withDefault(50_000),
                  CommonOptions.OPTIMIZER.withDefault(OptimizerName.ADAGRAD),
                  CommonOptions.LEARNING_RATE.withDefault(0.1),
                  PairOptions.L2.withDefault(0.0)),
              MARGIN),
          List.of(
              PairShape.SCORE,
              PairShape.GMF_DIM,
              PairShape.HIDDEN_LAYERS,
              PairShape.ITEM_BIAS,
              PairShape.PREDICTION_INIT));

  /**
   * What the model is and how it is trained; {@code pair} aside, each component is the option of
   * that name.
   */
  public record Options(PairOptions pair, double margin) {
    /**
     * @throws dev.tamis.config.TamisException of kind CONFIG if a number is out of the range of its
     *     option
     */
    public Options {
      MARGIN.check(margin);
    }
  }

  @Override
  public String name() {
    return "cml";
  }

  @Override
  public String summary() {
    return "Users and items as points, a user's items nearer than the nearest of several others.";
  }

  @Override
  public String citation() {
    return "Hsieh, Yang, Cui, Lin, Belongie, Estrin: Collaborative Metric Learning. WWW 2017";
  }

  @Override
  public List<Option<?>> options() {
    return OPTIONS;
  }

  @Override
  public Options readKnown(Settings given) {
    PairOptions pair = PairOptions.read(given, OPTIONS).with(PairShape.Score.EUCLIDEAN);
    return new Options(pair, given.get(MARGIN));
  }

  @Override
  public Settings settings(Options o) {
    return o.pair().settings().with(MARGIN, o.margin());
  }

  @Override
  public PairOptions pair(Options o) {
    return o.pair();
  }

  @Override
  public Parts parts(Interactions train, Options o) {
    int negatives = o.pair().negatives();
    return new Parts(
        new UniformProposal(new PositiveSets(train)),
        List.of(new ViolationRankWeight(o.margin(), train.itemCount(), negatives), new TopScored()),
        new Hinge(o.margin()),
        Reduction.SUM,
        (table, seed) -> Initial.normal(table, seed, 1 / Math.sqrt(table.width())),
        true);
  }
}
