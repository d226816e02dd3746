package dev.tamis.cli;

import dev.tamis.config.TamisException;
import dev.tamis.eval.MetricId;
import dev.tamis.eval.Metrics;
import dev.tamis.lab.TrainingData;
import picocli.CommandLine.Option;

/** What validation goes by, and when it ends training. */
final class StoppingOptions {
  private static final String USUAL_METRIC = "ndcg@50";

  @Option(
      names = "--metric",
      paramLabel = "NAME@K",
      description =
          "What validation chooses the best epoch by, and what trials are compared by (default: "
              + USUAL_METRIC
              + ").")
  private String metric;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description =
          "Stop a training after so many validations without a new best, 0 for never (default: 0;"
              + " with tune 3).")
  private Integer patience;

  @Option(
      names = "--valid-every",
      paramLabel = "EPOCHS",
      description = "Validate every so many epochs (default: 1).")
  private Integer validEvery;

  /** Refuses what is wrong before anything is read. */
  void check() {
    metric();
    Limits.within("--patience", patience(0), 0, Integer.MAX_VALUE);
    Limits.within("--valid-every", everyEpochs(), 1, Integer.MAX_VALUE);
  }

  /** The metric that decides, more of which is better. */
  MetricId metric() {
    MetricId id = MetricId.parse(metric == null ? USUAL_METRIC : metric);
    if (!Metrics.moreIsBetter(id.name())) {
      throw TamisException.usage(
          "--metric "
              + metric
              + " cannot decide: more of it is not better; choose another, such as "
              + USUAL_METRIC);
    }
    return id;
  }

  boolean namesMetric() {
    return metric != null;
  }

  int patience(int byDefault) {
    return patience == null ? byDefault : patience;
  }

  int everyEpochs() {
    return validEvery == null ? 1 : validEvery;
  }

  /** Refuses to stop by validation data that there are not. */
  void requireValidation(TrainingData data) {
    if (data.validation().isEmpty() && (patience(0) > 0 || everyEpochs() > 1)) {
      throw withoutValidation();
    }
  }

  static TamisException withoutValidation() {
    return TamisException.usage(
        "--metric, --patience and --valid-every are about validation data, but there is none; give"
            + " --valid FILE, or a split with validation such as --split random:0.8:0.1");
  }
}
