package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.objective.SampledCrossEntropy;
import dev.tamis.sample.CountedFrequency;
import dev.tamis.sample.proposal.BatchProposal;
import dev.tamis.sample.refine.Resample;
import java.util.List;

/**
 * Inbatch importance resampling: each row draws its negatives from the positives of its batch, by
 * the softmax of scores corrected by popularity ({@link Resample}), so that they follow the softmax
 * over all items the better the larger the batch is.
 *
 * <p>Chen, Lian, Li, Wang, Zheng, Chen: Cache-Augmented Inbatch Importance Resampling for Training
 * Recommender Retriever, NeurIPS 2022, section 4.1; defaults in {@link InBatchOptions}. As in its
 * code, the loss is the negative logarithm of equation 3, averaged over the batch, with the row's
 * positive added to what was drawn. What is drawn twice counts twice, and draws carry no gradient.
 * Deviation: as many are drawn in the shorter last batch of an epoch as in others.
 */
public final class Bir implements InBatchMethod<Bir.Options> {
  public static final Option<Integer> RESAMPLE =
      Option.whole(
          "resample",
          0,
          0,
          1 << 20,
          "negatives that a row draws from its batch; 0 for as many as batch-size");
  private static final List<Option<?>> OPTIONS = InBatchOptions.list(RESAMPLE);

  /**
   * What the model is and how it is trained; {@code inBatch} aside, each component is the option of
   * that name.
   */
  public record Options(InBatchOptions inBatch, int resample) {
    /**
     * @throws dev.tamis.config.TamisException of kind CONFIG if a number is out of the range of its
     *     option
     */
    public Options {
      RESAMPLE.check(resample);
    }
  }

  @Override
  public String name() {
    return "bir";
  }

  @Override
  public String summary() {
    return "A positive among negatives that each row draws from its batch by importance.";
  }

  @Override
  public String citation() {
    return "Chen, Lian, Li, Wang, Zheng, Chen: Cache-Augmented Inbatch Importance Resampling for"
        + " Training Recommender Retriever. NeurIPS 2022";
  }

  @Override
  public List<Option<?>> options() {
    return OPTIONS;
  }

  @Override
  public Options readKnown(Settings given) {
    return new Options(InBatchOptions.read(given, OPTIONS), given.get(RESAMPLE));
  }

  @Override
  public Settings settings(Options o) {
    return o.inBatch().settings().with(RESAMPLE, o.resample());
  }

  @Override
  public InBatchOptions inBatch(Options o) {
    return o.inBatch();
  }

  @Override
  public Parts parts(Interactions train, Options o) {
    return new Parts(
        new BatchProposal(train, new CountedFrequency(train), o.inBatch().keepsAccidentalHits()),
        List.of(new Resample(o.inBatch().orBatchSize(o.resample()))),
        SampledCrossEntropy.uncorrected());
  }
}
