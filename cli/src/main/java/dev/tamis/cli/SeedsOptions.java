package dev.tamis.cli;

import dev.tamis.config.TamisException;
import java.util.List;
import picocli.CommandLine.Option;

/** The seeds of several trainings, and that of what they share. */
final class SeedsOptions {
  @Option(
      names = "--seeds",
      split = ",",
      hideParamSyntax = true,
      paramLabel = "S,S,...",
      defaultValue = "1,2,3",
      description =
          "The seeds that each is trained with; with one alone nothing is said of other seeds"
              + " (default: ${DEFAULT-VALUE}).")
  private List<Long> seeds;

  @Option(
      names = "--split-seed",
      paramLabel = "S",
      defaultValue = "1",
      description =
          "Keys the split, and what compare draws for its tests (default: ${DEFAULT-VALUE}).")
  private long splitSeed;

  /**
   * Those of trainings.
   *
   * @throws TamisException of kind USAGE if one is given twice
   */
  List<Long> ofTrainings() {
    if (seeds.stream().distinct().count() < seeds.size()) {
      throw TamisException.usage("--seeds has a seed twice; give each once");
    }
    return List.copyOf(seeds);
  }

  /** That of the split. */
  long ofSplit() {
    return splitSeed;
  }
}
