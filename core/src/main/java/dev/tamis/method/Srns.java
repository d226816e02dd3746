package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.objective.PairwiseLogistic;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.ScoreHistory;
import dev.tamis.sample.UserMemories;
import dev.tamis.sample.proposal.MemoryProposal;
import dev.tamis.sample.refine.MemoryRenewal;
import dev.tamis.sample.refine.VarianceBonus;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import java.util.List;

/**
 * Simplified and robustified negative sampling: each user has a memory of a few items that score
 * high, and a positive is ranked against the one of them that is likely above it and has been
 * unsteady over the last epochs.
 *
 * <p>Ding, Quan, Yao, Li, Jin: Simplify and Robustify Negative Sampling for Implicit Collaborative
 * Filtering, NeurIPS 2020. Defaults are those of its script: GMF of 32 numbers, memories of 8 and
 * 64 items beside them, batches of 1,000, Adam at 0.001, 400 epochs, L2 of 0.01 on half of the
 * squared length of each vector in a batch.
 *
 * <p>Deviations: items beside a memory come from all that the user has not, and a memory stays from
 * one epoch to the next, where the code draws 3,000 items a user anew for each epoch, and a memory
 * is places among those; L2 and loss are means over the batch, not sums, which Adam does not see
 * but for its epsilon; vectors start normal where the code cuts them off at two deviations, and the
 * weights of GMF in ±sqrt(3 / dim), not ±sqrt(6 / (dim + 1)).
 */
public final class Srns implements PairMethod<Srns.Options> {
  public static final Option<Integer> NEGATIVES =
      Option.whole(
          "negatives",
          72,
          2,
          10_000,
          "items scored for each positive: the user's memory, and others drawn beside it");
  public static final Option<Integer> MEMORY =
      Option.whole("memory", 8, 1, 10_000, "items that are remembered of each user")
          .orKnownAs("S1");
  public static final Option<Double> MEMORY_TEMPERATURE =
      Option.real(
              "memory-temperature",
              10,
              0.001,
              1e6,
              "of the softmax of scores by which a memory is drawn among the items scored")
          .orKnownAs("temperature");
  public static final Option<Double> VARIANCE_WEIGHT =
      Option.real(
              "variance-weight",
              5,
              0,
              1e6,
              "weight of the deviation over the last epochs beside the likelihood itself")
          .orKnownAs("alpha");
  public static final Option<Integer> WARM_UP =
      Option.whole("warm-up", 50, 1, 100_000, "epochs until that weight is reached")
          .orKnownAs("warmup");
  public static final Option<Integer> HISTORY =
      Option.whole("history", 5, 1, 1000, "epochs over which the deviation is taken");
  private static final List<Option<?>> OPTIONS =
      PairOptions.list(
          List.of(
              PairShape.SCORE.withDefault(PairShape.Score.GMF),
              PairShape.INIT_DEVIATION.withDefault(0.01),
              NEGATIVES,
              CommonOptions.EPOCHS.withDefault(400),
              CommonOptions.BATCH_SIZE.withDefault(1000),
              PairOptions.L2.withDefault(0.005)),
          MEMORY,
          MEMORY_TEMPERATURE,
          VARIANCE_WEIGHT,
          WARM_UP,
          HISTORY);

  /**
   * What the model is and how it is trained; {@code pair} aside, each component is the option of
   * that name.
   */
  public record Options(
      PairOptions pair,
      int memory,
      double memoryTemperature,
      double varianceWeight,
      int warmUp,
      int history) {
    /**
     * @throws dev.tamis.config.TamisException of kind CONFIG if a number is out of the range of its
     *     option
     */
    public Options {
      NEGATIVES.check(pair.negatives());
      MEMORY.check(memory);
      MEMORY_TEMPERATURE.check(memoryTemperature);
      VARIANCE_WEIGHT.check(varianceWeight);
      WARM_UP.check(warmUp);
      HISTORY.check(history);
    }
  }

  @Override
  public String name() {
    return "srns";
  }

  @Override
  public String summary() {
    return "Pairwise ranking against likely but unsteady items of a memory of each user.";
  }

  @Override
  public String citation() {
    return "Ding, Quan, Yao, Li, Jin: Simplify and Robustify Negative Sampling for Implicit"
        + " Collaborative Filtering. NeurIPS 2020";
  }

  @Override
  public List<Option<?>> options() {
    return OPTIONS;
  }

  @Override
  public Options readKnown(Settings given) {
    return new Options(
        PairOptions.read(given, OPTIONS),
        given.get(MEMORY),
        given.get(MEMORY_TEMPERATURE),
        given.get(VARIANCE_WEIGHT),
        given.get(WARM_UP),
        given.get(HISTORY));
  }

  @Override
  public Settings settings(Options o) {
    return o.pair()
        .settings()
        .with(MEMORY, o.memory())
        .with(MEMORY_TEMPERATURE, o.memoryTemperature())
        .with(VARIANCE_WEIGHT, o.varianceWeight())
        .with(WARM_UP, o.warmUp())
        .with(HISTORY, o.history());
  }

  @Override
  public PairOptions pair(Options o) {
    return o.pair();
  }

  /**
   * @throws TamisException of kind CONFIG if the memory leaves nothing to draw, or the score is not
   *     an inner product
   */
  @Override
  public Parts parts(Interactions train, Options o) {
    int fresh = o.pair().negatives() - o.memory();
    if (fresh < 1) {
      throw TamisException.config(
          "a memory of "
              + o.memory()
              + " leaves none of "
              + o.pair().negatives()
              + " negatives to be drawn beside it; set negatives above memory");
    }
    PairShape shape = o.pair().shape();
    if (!shape.score().isInnerProduct()) {
      throw TamisException.config(
          "method 'srns' looks back at scores of the last epochs, which it can do for inner"
              + " products only, but score is "
              + PairShape.SCORE.format(shape.score())
              + "; choose score dot or gmf");
    }
    UserMemories memories = new UserMemories(train.userCount(), o.memory(), o.pair().batchSize());
    ScoreHistory history =
        new ScoreHistory(
            train.userCount(), train.itemCount(), shape.dim(), shape.itemBias(), o.history());
    return new Parts(
        new MemoryProposal(train, new PositiveSets(train), memories, history, fresh),
        List.of(
            new MemoryRenewal(memories, o.memoryTemperature()),
            new VarianceBonus(history, o.memory(), o.varianceWeight(), o.warmUp())),
        new PairwiseLogistic());
  }

  @Override
  public MemoryPlan plan(Interactions train, Options o, Run run) {
    PairShape shape = o.pair().shape();
    return PairMethod.super
        .plan(train, o, run)
        .add("memories", UserMemories.bytes(train.userCount(), o.memory(), o.pair().batchSize()))
        .add(
            "models of the last epochs",
            ScoreHistory.bytes(
                train.userCount(), train.itemCount(), shape.dim(), shape.itemBias(), o.history()));
  }
}
