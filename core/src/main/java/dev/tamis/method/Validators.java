package dev.tamis.method;

import dev.tamis.data.Interactions;
import dev.tamis.eval.Evaluator;
import dev.tamis.eval.MetricId;
import dev.tamis.kernels.Workers;
import dev.tamis.train.Run;
import dev.tamis.train.Validator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * What measures a run's validation while it trains: the metric that decides, and recall and NDCG at
 * its cut-off to look at.
 */
public final class Validators {
  private Validators() {}

  /**
   * Over the validation data of a run.
   *
   * @param train the training data
   * @param workers the threads to use; they stay the caller's
   * @return empty if the run has no validation
   */
  public static Optional<Validator> of(Run run, Interactions train, Workers workers) {
    return run.validation()
        .map(
            validation -> {
              MetricId deciding = MetricId.parse(validation.metric());
              LinkedHashSet<MetricId> metrics = new LinkedHashSet<>(List.of(deciding));
              if (deciding.k() > 0) {
                metrics.add(new MetricId("recall", deciding.k()));
                metrics.add(new MetricId("ndcg", deciding.k()));
              }
              return new Evaluator(validation.heldOut(), train, List.copyOf(metrics), workers)
                  ::measure;
            });
  }
}
