package dev.tamis.eval;

import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;

/**
 * What was measured, and how.
 *
 * @param protocol how it was measured, a sentence
 * @param users how many users the means are over
 * @param skipped how many users were left out, for want of a relevant item
 * @param metrics the value of each metric by its name, for example {@code ndcg@50}
 * @param standardErrors the standard error of those metrics that are means over users
 * @param facts counts that belong to the protocol, by name, such as the number of negatives
 * @param perUser the values that the means are of
 */
public record Evaluation(
    String protocol,
    int users,
    int skipped,
    SortedMap<String, Double> metrics,
    SortedMap<String, Double> standardErrors,
    SortedMap<String, Long> facts,
    PerUserValues perUser) {
  public Evaluation {
    Objects.requireNonNull(protocol);
    metrics = Collections.unmodifiableSortedMap(metrics);
    standardErrors = Collections.unmodifiableSortedMap(standardErrors);
    facts = Collections.unmodifiableSortedMap(facts);
    Objects.requireNonNull(perUser);
  }
}
