package dev.tamis.train;

import dev.tamis.rank.Scorer;
import java.util.SortedMap;

/** Measures a model in training on data kept from it. */
@FunctionalInterface
public interface Validator {
  /** Metrics by name, for example {@code ndcg@50}. */
  SortedMap<String, Double> measure(Scorer scorer);
}
