package dev.tamis.lab;

import dev.tamis.config.TamisException;
import dev.tamis.lab.page.Sizes;
import dev.tamis.train.MemoryPlan;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a run would hold in memory, its data included, against what it may. */
public final class PlannedMemory {
  private final Map<String, Long> parts = new LinkedHashMap<>();
  private final long limit;
  private final String limitName;

  private PlannedMemory(MemoryPlan method, TrainingData data, long limit, String limitName) {
    parts.put("training data", data.trainBytes());
    long further = data.furtherBytes();
    if (further > 0) {
      parts.put("validation and test data", further);
    }
    parts.putAll(method.parts());
    this.limit = limit;
    this.limitName = limitName;
  }

  /**
   * Against the heap.
   *
   * @param method what the method says it needs
   * @param data what it is trained and measured on, which is in memory already
   */
  public static PlannedMemory ofHeap(MemoryPlan method, TrainingData data) {
    return new PlannedMemory(method, data, Runtime.getRuntime().maxMemory(), "the heap");
  }

  /**
   * Against the heap or what the user allows, whichever is less.
   *
   * @param maxMemory what {@code --max-memory} says, in bytes
   */
  public static PlannedMemory atMost(long maxMemory, MemoryPlan method, TrainingData data) {
    return maxMemory < Runtime.getRuntime().maxMemory()
        ? new PlannedMemory(method, data, maxMemory, "--max-memory")
        : ofHeap(method, data);
  }

  /** In bytes, in the order in which they are shown. */
  public Map<String, Long> parts() {
    return Collections.unmodifiableMap(parts);
  }

  /** All parts together, in bytes. */
  public long total() {
    return parts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** What it may hold, in bytes. */
  public long limit() {
    return limit;
  }

  /** Whether it may hold all that. */
  public boolean fits() {
    return total() <= limit;
  }

  /**
   * Refuses what does not fit.
   *
   * @throws TamisException of kind CONFIG; its message says what to change
   */
  public void requireFit() {
    if (fits()) {
      return;
    }
    Map.Entry<String, Long> largest =
        parts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    throw TamisException.config(
        "this run needs about "
            + Sizes.text(total())
            + ", but "
            + limitName
            + " is limited to "
            + Sizes.text(limit)
            + "; most goes to "
            + largest.getKey()
            + " ("
            + Sizes.text(largest.getValue())
            + "). Raise "
            + (limitName.equals("the heap") ? "the heap (TAMIS_JAVA_OPTS=-Xmx...)" : limitName)
            + ", choose smaller options (dim, hidden layers, batch-size), or drop rare users and"
            + " items (--min-user-degree, --min-item-degree)");
  }
}
