package dev.tamis.lab.compare;

import dev.tamis.eval.Evaluation;
import dev.tamis.lab.FinishedTrial;
import dev.tamis.lab.TrialKey;
import java.util.List;

/**
 * One side of a comparison: a method with its options, trained with some seeds.
 *
 * @param name by which it is called: the method's, or another where a method takes part twice
 * @param trials one a seed
 */
public record Contender(String name, List<FinishedTrial> trials) {
  /**
   * @throws IllegalArgumentException if there is no trial, they are not of the same method, options
   *     and features, or one has no evaluation
   */
  public Contender {
    trials = List.copyOf(trials);
    if (trials.isEmpty()) {
      throw new IllegalArgumentException("'" + name + "' has no trials");
    }
    TrialKey first = trials.get(0).key();
    for (FinishedTrial trial : trials) {
      if (!alike(first, trial.key())) {
        throw new IllegalArgumentException(
            "'" + name + "' is of two methods, of two options, or of two features");
      }
      if (trial.result().evaluation().isEmpty()) {
        throw new IllegalArgumentException("'" + name + "' was not measured on test data");
      }
    }
  }

  /** Whether two trials are of the same contender: they differ in the seed at most. */
  static boolean alike(TrialKey a, TrialKey b) {
    return a.method().equals(b.method())
        && a.options().equals(b.options())
        && a.features().equals(b.features());
  }

  /** Whether it knows features of items or users. */
  public boolean hasFeatures() {
    return !trials.get(0).key().features().isEmpty();
  }

  /** [seeds x users] the values of a metric. */
  double[][] values(String metric) {
    return trials.stream().map(t -> evaluation(t).perUser().of(metric)).toArray(double[][]::new);
  }

  /** [seeds] a metric's value of each. */
  double[] bySeed(String metric) {
    return trials.stream().mapToDouble(t -> evaluation(t).metrics().get(metric)).toArray();
  }

  Evaluation evaluation() {
    return evaluation(trials.get(0));
  }

  private static Evaluation evaluation(FinishedTrial trial) {
    return trial.result().evaluation().orElseThrow();
  }
}
