package dev.tamis.cli;

import picocli.CommandLine.Option;

/** What every verb understands. */
final class ConsoleOptions {
  @Option(names = "--json", description = "Print the result as JSON.")
  boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print no messages and no progress, only errors.")
  boolean quiet;

  @Option(names = "--no-color", description = "Print no colours (as does NO_COLOR).")
  boolean noColor;

  @Option(names = "--debug", description = "Show where in the program an error came from.")
  boolean debug;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  Console console(Terminal terminal) {
    return new Console(terminal, json, quiet, terminal.color() && !noColor);
  }
}
