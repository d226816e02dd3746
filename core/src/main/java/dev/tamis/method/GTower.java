package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.objective.SampledCrossEntropy;
import dev.tamis.sample.StreamingFrequency;
import dev.tamis.sample.proposal.BatchProposal;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import java.util.List;

/**
 * Matrix factorisation by a softmax of a positive among all positives of its batch, each score
 * corrected by how often the item came by so far, which is estimated as the data stream in ({@link
 * StreamingFrequency}).
 *
 * <p>Yi, Yang, Hong, Cheng, Heldt, Kumthekar, Zhao, Wei, Chi: Sampling-Bias-Corrected Neural
 * Modeling for Large Corpus Item Recommendations, RecSys 2019; defaults as BIR and XIR compare it
 * ({@link InBatchOptions}), whose rate of 0.0001 is so low that periods stay near 1 for a long
 * time: a weak correction.
 */
public final class GTower implements InBatchMethod<GTower.Options> {
  public static final Option<Double> FREQUENCY_RATE =
      Option.real(
          "frequency-rate",
          1e-4,
          1e-9,
          1,
          "share of the last gap between two batches with an item in its mean gap");
  public static final Option<List<Integer>> HASH_SIZES =
      Option.wholes(
          "hash-sizes",
          List.of(4993, 4999, 5003, 5009, 5011),
          1,
          1 << 26,
          "sizes of the arrays into which items are hashed");
  private static final List<Option<?>> OPTIONS = InBatchOptions.list(FREQUENCY_RATE, HASH_SIZES);

  /**
   * What the model is and how it is trained; {@code inBatch} aside, each component is the option of
   * that name.
   */
  public record Options(InBatchOptions inBatch, double frequencyRate, List<Integer> hashSizes) {
    /**
     * @throws dev.tamis.config.TamisException of kind CONFIG if a number is out of the range of its
     *     option
     */
    public Options {
      hashSizes = HASH_SIZES.check(List.copyOf(hashSizes));
      FREQUENCY_RATE.check(frequencyRate);
    }
  }

  @Override
  public String name() {
    return "g-tower";
  }

  @Override
  public String summary() {
    return "A positive among all positives of its batch, scores corrected by a streaming estimate.";
  }

  @Override
  public String citation() {
    return "Yi, Yang, Hong, Cheng, Heldt, Kumthekar, Zhao, Wei, Chi: Sampling-Bias-Corrected Neural"
        + " Modeling for Large Corpus Item Recommendations. RecSys 2019";
  }

  @Override
  public List<Option<?>> options() {
    return OPTIONS;
  }

  @Override
  public Options readKnown(Settings given) {
    return new Options(
        InBatchOptions.read(given, OPTIONS), given.get(FREQUENCY_RATE), given.get(HASH_SIZES));
  }

  @Override
  public Settings settings(Options o) {
    return o.inBatch()
        .settings()
        .with(FREQUENCY_RATE, o.frequencyRate())
        .with(HASH_SIZES, o.hashSizes());
  }

  @Override
  public InBatchOptions inBatch(Options o) {
    return o.inBatch();
  }

  @Override
  public Parts parts(Interactions train, Options o) {
    return new Parts(
        new BatchProposal(
            train,
            new StreamingFrequency(o.frequencyRate(), o.hashSizes()),
            o.inBatch().keepsAccidentalHits()),
        List.of(),
        new SampledCrossEntropy());
  }

  @Override
  public MemoryPlan plan(Interactions train, Options o, Run run) {
    long buckets = o.hashSizes().stream().mapToLong(Integer::longValue).sum();
    return InBatchMethod.super.plan(train, o, run).add("periods of items", 16 * buckets);
  }
}
