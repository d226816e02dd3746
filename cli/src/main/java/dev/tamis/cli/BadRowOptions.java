package dev.tamis.cli;

import dev.tamis.config.TamisException;
import dev.tamis.data.read.BadRowPolicy;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What becomes of rows that cannot be used, of every file that a verb reads. */
final class BadRowOptions {
  private static final String FAIL = "fail";
  private static final long DEFAULT_CAP = 1000;

  @Option(
      names = "--on-bad-row",
      paramLabel = "fail|skip|quarantine",
      defaultValue = FAIL,
      description =
          "What to do with a row that cannot be used: stop (default), leave it out and count it, or"
              + " also keep it in the --quarantine file.")
  private String onBadRow;

  @Option(
      names = "--max-bad-rows",
      paramLabel = "N",
      description = "How many bad rows of a file are tolerated (default: " + DEFAULT_CAP + ").")
  private Long maxBadRows;

  @Option(names = "--quarantine", paramLabel = "FILE", description = "Where bad rows are kept.")
  private Path quarantine;

  private BadRowPolicy policy; // made when it is first asked for

  /** One for all files, so that they share the quarantine file. */
  BadRowPolicy policy() {
    policy = policy == null ? newPolicy() : policy;
    return policy;
  }

  /** Adds what was given of them. */
  void type(CommandText command) {
    command
        .option("--on-bad-row", onBadRow.equals(FAIL) ? null : onBadRow)
        .option("--max-bad-rows", maxBadRows)
        .option("--quarantine", quarantine);
  }

  /** Refuses a quarantine file that is one of those that are read, or where the result goes. */
  void requireApart(Path... others) {
    Limits.requireApart("--quarantine", quarantine, others);
  }

  private BadRowPolicy newPolicy() {
    BadRowPolicy.Action action =
        Words.one("--on-bad-row", onBadRow, Words.of(BadRowPolicy.Action.values()));
    if (action == BadRowPolicy.Action.FAIL && maxBadRows != null) {
      throw TamisException.usage(
          "--max-bad-rows goes with --on-bad-row skip or quarantine; with fail the first bad row"
              + " stops the reading");
    }
    if ((quarantine != null) != (action == BadRowPolicy.Action.QUARANTINE)) {
      throw TamisException.usage(
          "--on-bad-row quarantine and --quarantine FILE go together; give both or neither");
    }
    long cap = maxBadRows == null ? DEFAULT_CAP : maxBadRows;
    return switch (action) {
      case FAIL -> BadRowPolicy.fail();
      case SKIP -> BadRowPolicy.skip(cap);
      case QUARANTINE -> BadRowPolicy.quarantine(quarantine, cap);
    };
  }
}
