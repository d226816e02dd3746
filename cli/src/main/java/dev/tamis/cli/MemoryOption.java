package dev.tamis.cli;

import dev.tamis.lab.page.Sizes;
import picocli.CommandLine.Option;

/** How much memory training may take. */
final class MemoryOption {
  @Option(
      names = "--max-memory",
      paramLabel = "SIZE",
      description = "Refuse to start if more is needed, for example 4G (default: the heap).")
  private String maxMemory;

  /** The bytes; null for the heap. */
  Long bytes() {
    return maxMemory == null ? null : Sizes.parse("--max-memory", maxMemory);
  }
}
