package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.objective.SampledCrossEntropy;
import dev.tamis.sample.proposal.MixedBatchProposal;
import java.util.List;

/**
 * Mixed negative sampling: the negatives of a batch are its positives and as many items drawn
 * evenly, so that items that are seldom positives are negatives too.
 *
 * <p>Yang, Yi, Cheng, Hong, Li, Wang, Xu, Chi: Mixed Negative Sampling for Learning Two-tower
 * Neural Networks in Recommendations, WWW 2020 (companion); defaults as BIR and XIR compare it
 * ({@link InBatchOptions}).
 *
 * <p>A negative's score is less the log-probability of the mixture, a positive's less that of the
 * batch alone, as in that code ({@code mix-positives} for both). Deviations: the share of the batch
 * in the mixture is that of its rows, where the code has them the wrong way round, which shows only
 * if the two parts are not as large; {@code uniform-negatives} stays as it is in the shorter last
 * batch of an epoch.
 */
public final class MixedNegatives implements InBatchMethod<MixedNegatives.Options> {
  public static final Option<Integer> UNIFORM_NEGATIVES =
      Option.whole(
          "uniform-negatives",
          0,
          0,
          1 << 20,
          "items drawn evenly beside the positives of a batch; 0 for as many as batch-size");
  public static final Option<Boolean> MIX_POSITIVES =
      Option.flag(
          "mix-positives",
          false,
          "whether a positive's score is corrected by the mixture too, as that of a negative");
  private static final List<Option<?>> OPTIONS =
      InBatchOptions.list(UNIFORM_NEGATIVES, MIX_POSITIVES);

  /**
   * What the model is and how it is trained; {@code inBatch} aside, each component is the option of
   * that name.
   */
  public record Options(InBatchOptions inBatch, int uniformNegatives, boolean mixPositives) {
    /**
     * @throws dev.tamis.config.TamisException of kind CONFIG if a number is out of the range of its
     *     option
     */
    public Options {
      UNIFORM_NEGATIVES.check(uniformNegatives);
    }
  }

  @Override
  public String name() {
    return "mixed-negatives";
  }

  @Override
  public String summary() {
    return "A positive among all positives of its batch and items drawn evenly.";
  }

  @Override
  public String citation() {
    return "Yang, Yi, Cheng, Hong, Li, Wang, Xu, Chi: Mixed Negative Sampling for Learning"
        + " Two-tower Neural Networks in Recommendations. WWW 2020";
  }

  @Override
  public List<Option<?>> options() {
    return OPTIONS;
  }

  @Override
  public Options readKnown(Settings given) {
    return new Options(
        InBatchOptions.read(given, OPTIONS),
        given.get(UNIFORM_NEGATIVES),
        given.get(MIX_POSITIVES));
  }

  @Override
  public Settings settings(Options o) {
    return o.inBatch()
        .settings()
        .with(UNIFORM_NEGATIVES, o.uniformNegatives())
        .with(MIX_POSITIVES, o.mixPositives());
  }

  @Override
  public InBatchOptions inBatch(Options o) {
    return o.inBatch();
  }

  @Override
  public int candidatesOfBatch(Options o) {
    return o.inBatch().batchSize() + o.inBatch().orBatchSize(o.uniformNegatives());
  }

  @Override
  public Parts parts(Interactions train, Options o) {
    return new Parts(
        new MixedBatchProposal(
            train,
            o.inBatch().orBatchSize(o.uniformNegatives()),
            o.mixPositives(),
            o.inBatch().keepsAccidentalHits()),
        List.of(),
        new SampledCrossEntropy());
  }
}
