package dev.tamis.cli;

import dev.tamis.lab.PlannedMemory;
import dev.tamis.lab.TrainingData;
import dev.tamis.lab.page.Sizes;
import dev.tamis.train.MemoryPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The memory plan of a run: shown before the work, and refused where it does not fit. */
final class PlanReport {
  private final PlannedMemory memory;

  /**
   * @param method what the method says it needs
   * @param data what it is trained and measured on, which is in memory already
   * @param maxMemory a limit given by the user in bytes, or null for that of the heap
   */
  PlanReport(MemoryPlan method, TrainingData data, Long maxMemory) {
    this.memory =
        maxMemory == null
            ? PlannedMemory.ofHeap(method, data)
            : PlannedMemory.atMost(maxMemory, method, data);
  }

  long total() {
    return memory.total();
  }

  /** For JSON: bytes by part, their sum and the limit. */
  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("parts", memory.parts());
    tree.put("total", total());
    tree.put("limit", memory.limit());
    tree.put("fits", memory.fits());
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
    memory.parts().forEach((part, bytes) -> table.row(part, Sizes.text(bytes)));
    table.row("all together", Sizes.text(total()) + " of " + Sizes.text(memory.limit()));
    return table.lines();
  }

  /** Refuses what does not fit, and says what to change. */
  void requireFit() {
    memory.requireFit();
  }
}
