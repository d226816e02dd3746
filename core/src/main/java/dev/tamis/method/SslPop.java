package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.objective.SampledCrossEntropy;
import dev.tamis.sample.CountedFrequency;
import dev.tamis.sample.proposal.BatchProposal;
import java.util.List;

/**
 * Matrix factorisation by a softmax of a positive among all positives of its batch, each score less
 * the logarithm of its item's share of the training data.
 *
 * <p>The usual correction of in-batch negatives, as BIR and XIR compare it ({@link
 * InBatchOptions}).
 */
public final class SslPop implements InBatchMethod<SslPop.Options> {
  private static final List<Option<?>> OPTIONS = InBatchOptions.list();

  /**
   * What the model is and how it is trained; {@code inBatch} aside, each component is the option of
   * that name.
   */
  public record Options(InBatchOptions inBatch) {}

  @Override
  public String name() {
    return "ssl-pop";
  }

  @Override
  public String summary() {
    return "A positive among all positives of its batch, scores corrected by popularity.";
  }

  @Override
  public String citation() {
    return "Chen, Lian, Li, Wang, Zheng, Chen: Cache-Augmented Inbatch Importance Resampling for"
        + " Training Recommender Retriever. NeurIPS 2022, baseline SSL-Pop";
  }

  @Override
  public List<Option<?>> options() {
    return OPTIONS;
  }

  @Override
  public Options readKnown(Settings given) {
    return new Options(InBatchOptions.read(given, OPTIONS));
  }

  @Override
  public Settings settings(Options o) {
    return o.inBatch().settings();
  }

  @Override
  public InBatchOptions inBatch(Options o) {
    return o.inBatch();
  }

  @Override
  public Parts parts(Interactions train, Options o) {
    return new Parts(
        new BatchProposal(train, new CountedFrequency(train), o.inBatch().keepsAccidentalHits()),
        List.of(),
        new SampledCrossEntropy());
  }
}
