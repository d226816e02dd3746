package dev.tamis.cli;

import picocli.CommandLine.Option;

/** How many threads work. */
final class ThreadsOption {
  @Option(
      names = "--threads",
      paramLabel = "T",
      description = "Threads (default: one a processor). They change nothing but times.")
  private Integer threads;

  /**
   * Their number.
   *
   * @throws dev.tamis.config.TamisException of kind USAGE if there cannot be so many
   */
  int count() {
    return Limits.threads(threads);
  }
}
