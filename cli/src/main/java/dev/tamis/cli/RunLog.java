package dev.tamis.cli;

import dev.tamis.config.Version;
import dev.tamis.kernels.Kernels;
import dev.tamis.lab.page.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a run went: clock, machine, durations, epochs. Written beside the model, never into it: a
 * model's bytes say nothing of when and where it was trained.
 */
final class RunLog {
  private final Map<String, Object> tree = new LinkedHashMap<>();
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private long phaseStarted = System.nanoTime();

  RunLog(List<String> command, int threads, long seed) {
    tree.put("version", Version.current());
    tree.put("command", command);
    tree.put("started", Instant.now().toString());
    tree.put("finished", null);
    tree.put("seed", seed);
    tree.put("threads", threads);
    tree.put("kernels", Kernels.name());
    tree.put("java", System.getProperty("java.vendor") + " " + Runtime.version());
    tree.put(
        "system",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"));
    tree.put("processors", Runtime.getRuntime().availableProcessors());
    tree.put("heap_limit", Runtime.getRuntime().maxMemory());
    tree.put("seconds", seconds);
  }

  /** Where the log of a model directory is. */
  static Path beside(Path model) {
    Path whole = model.toAbsolutePath().normalize();
    return whole.resolveSibling(whole.getFileName() + ".run.json");
  }

  /** Notes how long the phase that ends now took. */
  void phaseDone(String name) {
    long now = System.nanoTime();
    seconds.put(name, (now - phaseStarted) / 1e9);
    phaseStarted = now;
  }

  /** How long a phase took that is done. */
  double seconds(String phase) {
    return seconds.get(phase);
  }

  RunLog put(String name, Object value) {
    tree.put(name, value);
    return this;
  }

  /**
   * Writes what is known so far, in place of what was written before.
   *
   * @throws dev.tamis.config.TamisException of kind IO if that fails
   */
  void write(Path file) {
    tree.put("finished", Instant.now().toString());
    Outputs.write(
        file, Json.write(tree) + "\n", "the model is written, but not its run log " + file);
  }
}
