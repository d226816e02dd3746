package dev.tamis.cli;

import dev.tamis.lab.Budget;
import picocli.CommandLine.Option;

/** How long trials may take. */
final class BudgetOption {
  @Option(
      names = "--budget",
      paramLabel = "TIME",
      description =
          "Wall clock for training and measuring, as 30m: what does not fit is said, and waits for"
              + " the next time.")
  private String budget;

  /** The budget, which begins to run. */
  Budget begin() {
    return budget == null
        ? Budget.unlimited()
        : Budget.seconds(Durations.seconds("--budget", budget));
  }
}
