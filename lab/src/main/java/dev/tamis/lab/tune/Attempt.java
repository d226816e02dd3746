package dev.tamis.lab.tune;

import dev.tamis.lab.FinishedTrial;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A candidate that was tried.
 *
 * @param round from 1
 * @param candidate what was tried
 * @param trial what came out, if it ended
 * @param failure why it did not
 */
public record Attempt(
    int round,
    Strategy.Candidate candidate,
    Optional<FinishedTrial> trial,
    Optional<String> failure) {
  /** The metric of its best epoch on the validation data; empty if it did not end. */
  public OptionalDouble value(String metric) {
    return trial
        .flatMap(finished -> finished.result().validation())
        .map(values -> OptionalDouble.of(values.get(metric)))
        .orElse(OptionalDouble.empty());
  }
}
