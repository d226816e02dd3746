package dev.tamis.cli;

import dev.tamis.config.TamisException;
import dev.tamis.lab.TrainingData;
import dev.tamis.lab.page.Sizes;
import dev.tamis.train.MemoryPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The memory plan of a run: shown before the work, and refused where it does not fit. */
final class PlanReport {
  private final Map<String, Long> parts = new LinkedHashMap<>();
  private final long limit;
  private final String limitName;

  /**
   * @param method what the method says it needs
   * @param data what it is trained and measured on, which is in memory already
   * @param maxMemory a limit given by the user in bytes, or null for that of the heap
   */
  PlanReport(MemoryPlan method, TrainingData data, Long maxMemory) {
    parts.put("training data", data.trainBytes());
    long further = data.furtherBytes();
    if (further > 0) {
      parts.put("validation and test data", further);
    }
    parts.putAll(method.parts());
    long heap = Runtime.getRuntime().maxMemory();
    this.limit = maxMemory == null ? heap : Math.min(heap, maxMemory);
    this.limitName = limit == heap ? "the heap" : "--max-memory";
  }

  long total() {
    return parts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** For JSON: bytes by part, their sum and the limit. */
  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("parts", parts);
    tree.put("total", total());
    tree.put("limit", limit);
    tree.put("fits", total() <= limit);
    return tree;
  }

  /** Prints it as messages. */
  void show(Console console) {
    console.note("memory plan:");
    lines().forEach(line -> console.note("%s", line));
  }

  /** A line a part, and one for all of them together. */
  List<String> lines() {
    TextTable table = new TextTable();
    parts.forEach((part, bytes) -> table.row(part, Sizes.text(bytes)));
    table.row("all together", Sizes.text(total()) + " of " + Sizes.text(limit));
    return table.lines();
  }

  /** Refuses what does not fit, and says what to change. */
  void requireFit() {
    if (total() <= limit) {
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
            + (limitName.equals("the heap") ? "the heap (TAMIS_JAVA_OPTS=-Xmx...)" : "--max-memory")
            + ", choose smaller options (dim, hidden layers, batch-size), or drop rare users and"
            + " items (--min-user-degree, --min-item-degree)");
  }
}
