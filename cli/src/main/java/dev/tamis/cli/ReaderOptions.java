package dev.tamis.cli;

import dev.tamis.config.Suggestion;
import dev.tamis.config.TamisException;
import dev.tamis.data.read.BadRowPolicy;
import dev.tamis.data.read.ColumnChoice;
import dev.tamis.data.read.Format;
import dev.tamis.data.read.ReadOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/** How to read files of interactions: the same options for every verb that reads one. */
final class ReaderOptions {
  private static final long DEFAULT_CAP = 1000;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      defaultValue = "auto",
      description =
          "auto, csv, tsv, double-colon, whitespace or json-lines (default: ${DEFAULT-VALUE}, which"
              + " looks at the file). Files may be gzipped.")
  private String format;

  @Option(
      names = "--separator",
      paramLabel = "TEXT",
      description = "What stands between fields: one character, tab, ::, space, comma, ...")
  private String separator;

  @Option(
      names = "--header",
      paramLabel = "auto|yes|no",
      defaultValue = "auto",
      description = "Whether the first row holds column names (default: ${DEFAULT-VALUE}).")
  private String header;

  @Option(
      names = "--user-column",
      paramLabel = "COLUMN",
      description = "The column of the user id: its name, or its number from 1.")
  private String user;

  @Option(
      names = "--item-column",
      paramLabel = "COLUMN",
      description = "The column of the item id.")
  private String item;

  @Option(
      names = "--rating-column",
      paramLabel = "COLUMN",
      description = "The column of the rating; 'none' to read none.")
  private String rating;

  @Option(
      names = "--timestamp-column",
      paramLabel = "COLUMN",
      description = "The column of the time; 'none' to read none.")
  private String timestamp;

  @Option(
      names = {"--min-rating", "--binarize-at"},
      paramLabel = "X",
      description = "Leave out what is rated lower.")
  private Double minRating;

  @Option(
      names = "--duplicates",
      paramLabel = "keep-one|sum|fail",
      defaultValue = "keep-one",
      description = "What to do with a pair that comes more than once (default: ${DEFAULT-VALUE}).")
  private String duplicates;

  @Option(
      names = "--min-user-degree",
      paramLabel = "N",
      defaultValue = "1",
      description = "Leave out users with fewer items, again and again (k-core; default: 1).")
  private int minUserDegree;

  @Option(
      names = "--min-item-degree",
      paramLabel = "N",
      defaultValue = "1",
      description = "Leave out items with fewer users, again and again (k-core; default: 1).")
  private int minItemDegree;

  @Option(
      names = "--on-bad-row",
      paramLabel = "fail|skip|quarantine",
      defaultValue = "fail",
      description =
          "What to do with a row that cannot be used: stop (default), leave it out and count it, or"
              + " also keep it in the --quarantine file.")
  private String onBadRow;

  @Option(
      names = "--max-bad-rows",
      paramLabel = "N",
      description = "How many bad rows are put up with (default: " + DEFAULT_CAP + ").")
  private Long maxBadRows;

  @Option(names = "--quarantine", paramLabel = "FILE", description = "Where bad rows are kept.")
  private Path quarantine;

  private BadRowPolicy policy; // made when it is first asked for

  /** The options for the main file. */
  ReadOptions read() {
    return withoutFilters()
        .withMinDegrees(
            atLeastOne("--min-user-degree", minUserDegree),
            atLeastOne("--min-item-degree", minItemDegree))
        .withBadRows(badRows());
  }

  /** Adds what says how the file is read, but what is as it is without saying. */
  void type(CommandText command) {
    command
        .option("--format", format.equals("auto") ? null : format)
        .option("--separator", separator)
        .option("--header", header.equals("auto") ? null : header)
        .option("--user-column", user)
        .option("--item-column", item)
        .option("--rating-column", rating)
        .option("--timestamp-column", timestamp)
        .option("--min-rating", minRating)
        .option("--duplicates", duplicates.equals("keep-one") ? null : duplicates)
        .option("--min-user-degree", minUserDegree == 1 ? null : minUserDegree)
        .option("--min-item-degree", minItemDegree == 1 ? null : minItemDegree)
        .option("--on-bad-row", onBadRow.equals("fail") ? null : onBadRow)
        .option("--max-bad-rows", maxBadRows)
        .option("--quarantine", quarantine);
  }

  /** Refuses a quarantine file that is one of those that are read, or where the result goes. */
  void requireApart(Path... others) {
    Limits.requireApart("--quarantine", quarantine, others);
  }

  /**
   * The options for further files in the same form, such as test data: no k-core, and bad rows are
   * dealt with as those of the main file.
   */
  ReadOptions readFurther() {
    return withoutFilters().withBadRows(badRows());
  }

  private ReadOptions withoutFilters() {
    ReadOptions options =
        ReadOptions.defaults()
            .withFormat(one("--format", format, formats()))
            .withHeader(one("--header", header, words(ReadOptions.Header.values())))
            .withDuplicates(
                one("--duplicates", duplicates, words(ReadOptions.Duplicates.values())));
    if (separator != null) {
      options = options.withSeparator(separator);
    }
    if (user != null) {
      options = options.withUser(ColumnChoice.parse(user));
    }
    if (item != null) {
      options = options.withItem(ColumnChoice.parse(item));
    }
    if (rating != null) {
      options = options.withRating(ColumnChoice.parse(rating));
    }
    if (timestamp != null) {
      options = options.withTimestamp(ColumnChoice.parse(timestamp));
    }
    return minRating == null ? options : options.withMinRating(minRating);
  }

  /** One for all files, so that they share the quarantine file. */
  private BadRowPolicy badRows() {
    policy = policy == null ? newPolicy() : policy;
    return policy;
  }

  private BadRowPolicy newPolicy() {
    BadRowPolicy.Action action = one("--on-bad-row", onBadRow, words(BadRowPolicy.Action.values()));
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

  private static int atLeastOne(String option, int value) {
    Limits.within(option, value, 1, Integer.MAX_VALUE);
    return value;
  }

  private static Map<String, Format> formats() {
    Map<String, Format> formats = new LinkedHashMap<>();
    for (Format format : Format.values()) {
      formats.put(format.word(), format);
    }
    return formats;
  }

  private static <E extends Enum<E>> Map<String, E> words(E[] constants) {
    Map<String, E> words = new LinkedHashMap<>();
    for (E constant : constants) {
      words.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
    }
    return words;
  }

  private static <E> E one(String option, String given, Map<String, E> allowed) {
    E value = allowed.get(given);
    if (value == null) {
      throw TamisException.usage(
          option
              + " must be one of "
              + String.join(", ", allowed.keySet())
              + ", but is '"
              + given
              + "'"
              + Suggestion.clause(given, allowed.keySet()));
    }
    return value;
  }
}
