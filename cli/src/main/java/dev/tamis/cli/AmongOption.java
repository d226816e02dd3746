package dev.tamis.cli;

import dev.tamis.config.TamisException;
import picocli.CommandLine.Option;

/** Among which items is measured: which are ranked, and which are to be found. */
final class AmongOption {
  /** Which items. */
  enum Items {
    ALL,
    COLD
  }

  @Option(
      names = "--among",
      paramLabel = "all|cold-items",
      defaultValue = "all",
      description =
          "Measure the test data among all items (default), or only those that nobody has in the"
              + " training data.")
  private String among;

  /**
   * What is chosen.
   *
   * @throws TamisException of kind USAGE if it is none of the two
   */
  Items items() {
    return switch (among) {
      case "all" -> Items.ALL;
      case "cold-items" -> Items.COLD;
      default ->
          throw TamisException.usage("--among must be all or cold-items, but is '" + among + "'");
    };
  }

  /** Whether no item is left out. */
  boolean isAll() {
    return items() == Items.ALL;
  }
}
