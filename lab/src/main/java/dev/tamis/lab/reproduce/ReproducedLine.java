package dev.tamis.lab.reproduce;

import dev.tamis.lab.FinishedTrial;
import dev.tamis.lab.TrialResult;
import java.util.List;
import java.util.Optional;

/**
 * What came out for a line of a table.
 *
 * @param line what was run
 * @param trials a trial a seed; empty if the line could not be run
 * @param refusal why it could not be run
 */
public record ReproducedLine(
    PublishedTable.Line line, List<FinishedTrial> trials, Optional<String> refusal) {
  public ReproducedLine {
    trials = List.copyOf(trials);
  }

  /** The mean of a metric over the seeds; not a number if there is none. */
  public double mean(String metric) {
    return trials.stream().mapToDouble(trial -> value(trial, metric)).average().orElse(Double.NaN);
  }

  /** The standard deviation of a metric over the seeds; not a number below two seeds. */
  public double deviation(String metric) {
    double mean = mean(metric);
    double sum = 0;
    for (FinishedTrial trial : trials) {
      double apart = value(trial, metric) - mean;
      sum += apart * apart;
    }
    return trials.size() < 2 ? Double.NaN : StrictMath.sqrt(sum / (trials.size() - 1));
  }

  /** The mean seconds of a training. */
  public double trainSeconds() {
    return trials.stream()
        .mapToDouble(trial -> trial.cost().trainSeconds())
        .average()
        .orElse(Double.NaN);
  }

  private static double value(FinishedTrial trial, String metric) {
    TrialResult result = trial.result();
    return result.evaluation().orElseThrow().metrics().get(metric);
  }
}
