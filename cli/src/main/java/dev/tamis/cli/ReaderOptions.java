package dev.tamis.cli;

import dev.tamis.data.read.ColumnChoice;
import dev.tamis.data.read.Format;
import dev.tamis.data.read.ReadOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How to read files of interactions: the same options for every verb that reads one. */
final class ReaderOptions {
  private static final String AUTO = "auto";
  private static final String KEEP_ONE = "keep-one";

  @Option(
      names = "--format",
      paramLabel = "NAME",
      defaultValue = AUTO,
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
      defaultValue = AUTO,
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
      defaultValue = KEEP_ONE,
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

  @Mixin private BadRowOptions badRows;

  /** The options for the main file. */
  ReadOptions read() {
    return withoutFilters()
        .withMinDegrees(
            atLeastOne("--min-user-degree", minUserDegree),
            atLeastOne("--min-item-degree", minItemDegree))
        .withBadRows(badRows.policy());
  }

  /** Adds the options that say how the file is read, but those with their defaults. */
  void type(CommandText command) {
    command
        .option("--format", format.equals(AUTO) ? null : format)
        .option("--separator", separator)
        .option("--header", header.equals(AUTO) ? null : header)
        .option("--user-column", user)
        .option("--item-column", item)
        .option("--rating-column", rating)
        .option("--timestamp-column", timestamp)
        .option("--min-rating", minRating)
        .option("--duplicates", duplicates.equals(KEEP_ONE) ? null : duplicates)
        .option("--min-user-degree", minUserDegree == 1 ? null : minUserDegree)
        .option("--min-item-degree", minItemDegree == 1 ? null : minItemDegree);
    badRows.type(command);
  }

  /** Refuses a quarantine file that is one of those that are read, or where the result goes. */
  void requireApart(Path... others) {
    badRows.requireApart(others);
  }

  /**
   * The options for further files in the same form, such as test data: no k-core, and bad rows are
   * dealt with as those of the main file.
   */
  ReadOptions readFurther() {
    return withoutFilters().withBadRows(badRows.policy());
  }

  private ReadOptions withoutFilters() {
    ReadOptions options =
        ReadOptions.defaults()
            .withFormat(Words.one("--format", format, formats()))
            .withHeader(Words.one("--header", header, Words.of(ReadOptions.Header.values())))
            .withDuplicates(
                Words.one("--duplicates", duplicates, Words.of(ReadOptions.Duplicates.values())));
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
}
