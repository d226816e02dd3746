package dev.tamis.cli;

import dev.tamis.config.TamisException;
import dev.tamis.data.IdMap;
import dev.tamis.data.Interactions;
import dev.tamis.data.feature.FeatureColumn;
import dev.tamis.data.feature.Features;
import dev.tamis.data.feature.SideFeatures;
import dev.tamis.data.read.FeatureColumns;
import dev.tamis.data.read.FeatureFile;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Files of features, and what is read of them. */
final class FeatureOptions {
  @Option(
      names = "--item-features",
      paramLabel = "FILE",
      description =
          "Features of items: a table with a header, a column of ids, a column a feature.")
  private Path itemFile;

  @Option(
      names = "--item-columns",
      paramLabel = "NAME[:KIND],...",
      description =
          "Which columns of it are read, as categorical, multi (values with | between them) or"
              + " numeric (default: all, as what they look like).")
  private String itemColumns;

  @Option(names = "--user-features", paramLabel = "FILE", description = "The same of users.")
  private Path userFile;

  @Option(
      names = "--user-columns",
      paramLabel = "NAME[:KIND],...",
      description = "Which columns of it are read.")
  private String userColumns;

  @Option(
      names = "--unknown-features",
      paramLabel = "skip|fail|add",
      description =
          "Rows of these files whose item or user is not among the interactions: leave them out"
              + " (default), refuse them, or add them, known by their features alone.")
  private String unknown;

  private Optional<Features> items = Optional.empty();
  private Optional<Features> users = Optional.empty();

  /** Refuses what is wrong before anything is read. */
  void check() {
    if (itemFile == null && itemColumns != null || userFile == null && userColumns != null) {
      throw TamisException.usage(
          "--item-columns goes with --item-features FILE, --user-columns with --user-features"
              + " FILE");
    }
    if (unknown != null && !areGiven()) {
      throw TamisException.usage(
          "--unknown-features goes with --item-features FILE or --user-features FILE");
    }
    columns(itemColumns);
    columns(userColumns);
    policy();
  }

  /** Whether there are any: what a method must take. */
  boolean areGiven() {
    return itemFile != null || userFile != null;
  }

  /** Adds what was given. */
  void type(CommandText command) {
    command
        .option("--item-features", itemFile)
        .option("--item-columns", itemColumns)
        .option("--user-features", userFile)
        .option("--user-columns", userColumns)
        .option("--unknown-features", unknown);
  }

  /** Refuses a quarantine file that is one of these; before anything is read. */
  void requireApart(ReaderOptions reader) {
    reader.requireApart(itemFile, userFile);
  }

  /** Reads the files, and returns the interactions over the users and items that are added. */
  Interactions read(Console console, Interactions all, ReaderOptions reader) {
    items = read(console, itemFile, FeatureFile.Subject.ITEM, itemColumns, all.items(), reader);
    users = read(console, userFile, FeatureFile.Subject.USER, userColumns, all.users(), reader);
    return policy() == FeatureFile.Unknown.ADD
        ? all.over(
            users.map(f -> all.users().union(f.ids())).orElse(all.users()),
            items.map(f -> all.items().union(f.ids())).orElse(all.items()))
        : all;
  }

  /** What was read, in the numbers of the training data. */
  SideFeatures of(Interactions train) {
    return new SideFeatures(
        items.map(f -> f.of(train.items())), users.map(f -> f.of(train.users())));
  }

  private Optional<Features> read(
      Console console,
      Path file,
      FeatureFile.Subject subject,
      String columns,
      IdMap known,
      ReaderOptions reader) {
    if (file == null) {
      return Optional.empty();
    }
    FeatureFile.Read read =
        FeatureFile.read(
            file, subject, columns(columns), known, policy(), reader.readFurther().badRows());
    Features features = read.features();
    Features aligned = features.of(known);
    StringBuilder text = new StringBuilder();
    for (FeatureColumn column : aligned.columns()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s%s %s%s (%,d missing)",
              text.length() == 0 ? "" : ", ",
              column.name(),
              column.kind().word(),
              column.numbers() != null
                  ? ""
                  : String.format(Locale.ROOT, " of %,d values", column.values().size()),
              column.missing()));
    }
    console.note(
        "%s: %s of %,d %ss%s%s",
        file,
        text,
        known.size(),
        subject.word(),
        count(
            read.unknown(),
            policy() == FeatureFile.Unknown.ADD
                ? "rows of others added"
                : "rows of others left out"),
        count(read.badRowCount(), "bad rows left out"));
    read.notes().forEach(console::warn);
    return Optional.of(features);
  }

  private static String count(long number, String what) {
    return number == 0 ? "" : String.format(Locale.ROOT, ", %,d %s", number, what);
  }

  private static FeatureColumns columns(String text) {
    return text == null ? FeatureColumns.ALL : FeatureColumns.parse(text);
  }

  private FeatureFile.Unknown policy() {
    return unknown == null
        ? FeatureFile.Unknown.SKIP
        : Words.one("--unknown-features", unknown, Words.of(FeatureFile.Unknown.values()));
  }
}
