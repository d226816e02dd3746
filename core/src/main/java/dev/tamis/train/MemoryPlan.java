package dev.tamis.train;

import dev.tamis.model.Candidates;
import dev.tamis.model.SparseGradient;
import dev.tamis.optim.Optimizer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run will hold in memory at its peak, part by part, worked out before anything is
 * allocated.
 */
public final class MemoryPlan {
  /**
   * Bytes of a candidate of a row: id, score, log-probability, weight and scratch ({@link
   * Candidates}).
   */
  public static final long CANDIDATE = 5 * Float.BYTES;

  /** Bytes of a positive of a row: id, score and log-probability ({@link Candidates}). */
  public static final long POSITIVE = 3 * Float.BYTES;

  /**
   * Bytes of an entry of a gradient: table row, coefficient and source ({@link SparseGradient}).
   */
  public static final long ENTRY = 3 * Float.BYTES;

  /**
   * Bytes with which a thread groups an entry by its table row: the key and its place to be sorted
   * to, the row, and where the row's entries begin ({@code RowGroups}). Every thread has room for
   * all entries, because all may be of its rows.
   */
  public static final long GROUPED_ENTRY = 2 * Long.BYTES + 2 * Integer.BYTES;

  private final Map<String, Long> parts = new LinkedHashMap<>();

  /**
   * How many numbers are held for each parameter: itself, the optimizer's state, and its value in
   * the best model so far where there is validation.
   */
  public static int copies(Optimizer optimizer, Run run) {
    return 1 + optimizer.stateOfParameter() + (run.validation().isPresent() ? 1 : 0);
  }

  /** Adds a part in bytes; the same name adds up. */
  public MemoryPlan add(String part, long bytes) {
    parts.merge(part, bytes, Math::addExact);
    return this;
  }

  /** The parts in the order in which they were added, in bytes. */
  public Map<String, Long> parts() {
    return Collections.unmodifiableMap(parts);
  }

  /** All parts together, in bytes. */
  public long total() {
    long sum = 0;
    for (long part : parts.values()) {
      sum += part;
    }
    return sum;
  }
}
