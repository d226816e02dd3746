package dev.tamis.cli;

import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.data.read.ImportReport;
import dev.tamis.data.read.Imported;
import dev.tamis.data.read.InteractionFile;
import dev.tamis.data.split.GivenSplit;
import dev.tamis.data.split.HeldOuts;
import dev.tamis.data.split.SplitData;
import dev.tamis.data.split.Splitter;
import dev.tamis.data.split.Splitters;
import dev.tamis.lab.TrainingData;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where validation and test data come from: a split of the interactions, or files. */
final class SplitOptions {
  @Option(
      names = "--split",
      paramLabel = "SPEC",
      description =
          "Keep a part for testing: random:TRAIN[:VALIDATION], leave-one-out[:valid],"
              + " temporal:TRAIN[:VALIDATION], heldout-users:N[:FOLDIN[:VALIDATION]] or"
              + " cold-items:SHARE[:VALIDATION], for example random:0.8:0.1.")
  private String spec;

  @Option(
      names = "--users",
      paramLabel = "N",
      description = "With --split heldout-users: how many users are kept for testing.")
  private String users;

  @Option(
      names = "--foldin",
      paramLabel = "SHARE",
      description =
          "With --split heldout-users: the share of their history that is shown (default: 0.8).")
  private String foldIn;

  @Option(
      names = "--validation",
      paramLabel = "N",
      description =
          "With --split heldout-users: how many other users are kept for validation, 0 for none"
              + " (default: as many as for testing).")
  private String validation;

  @Option(names = "--test", paramLabel = "FILE", description = "Test data, instead of --split.")
  private Path test;

  @Option(names = "--valid", paramLabel = "FILE", description = "Validation data.")
  private Path valid;

  private boolean taken; // by default

  /**
   * Reads what can be known before the data are read.
   *
   * @throws TamisException of kind USAGE if the options do not go together or the split is unknown
   */
  Optional<Splitter> splitter() {
    if (spec != null && (test != null || valid != null)) {
      throw TamisException.usage(
          "--split parts the interactions, --test and --valid are parts already; give one or the"
              + " other");
    }
    return Optional.ofNullable(wholeSpec()).map(Splitters::parse);
  }

  /** Takes a split where nothing was said of test data, and says so in time; whether it did. */
  boolean byDefault(String otherwise) {
    wholeSpec(); // refuses options that are about a split which nobody gave
    boolean silent = spec == null && test == null && valid == null;
    if (silent) {
      spec = otherwise;
      taken = true;
    }
    return silent;
  }

  /** Where the parts come from, in a few words; the split must have been checked. */
  String described(long seed) {
    String whole = wholeSpec();
    return whole == null ? "given files" : whole + ", seed " + seed;
  }

  /** The split with what options of their own say of it. */
  private String wholeSpec() {
    boolean more = users != null || foldIn != null || validation != null;
    if (more && !"heldout-users".equals(spec)) {
      throw TamisException.usage(
          "--users, --foldin and --validation belong to --split heldout-users, but it is "
              + (spec == null ? "not given" : "'" + spec + "'"));
    }
    if (!"heldout-users".equals(spec)) {
      return spec;
    }
    if (users == null) {
      throw TamisException.usage(
          "--split heldout-users needs the number of users: add --users N, or write"
              + " heldout-users:N");
    }
    return String.join(
        ":", spec, users, foldIn == null ? "0.8" : foldIn, validation == null ? users : validation);
  }

  /** Reads and parts the data, and says what was read and left out. */
  TrainingData read(Console console, Path file, ReaderOptions reader, long seed) {
    begin(console, reader, seed);
    return parted(console, read(console, file, reader), reader, seed);
  }

  /** The same with features of items and users, if their files are given. */
  TrainingData read(
      Console console, Path file, ReaderOptions reader, FeatureOptions features, long seed) {
    features.requireApart(reader);
    begin(console, reader, seed);
    Interactions all = features.read(console, read(console, file, reader), reader);
    TrainingData data = parted(console, all, reader, seed);
    return data.with(features.of(data.train()));
  }

  /** Refuses options that leave nothing to measure on. */
  void requireTest(String verb) {
    if (wholeSpec() == null && test == null) {
      throw TamisException.usage(verb + " needs test data: give --test FILE as well, or --split");
    }
  }

  private void begin(Console console, ReaderOptions reader, long seed) {
    reader.requireApart(test, valid);
    if (taken) {
      console.note("split %s, seed %d", spec, seed);
    }
  }

  private TrainingData parted(Console console, Interactions all, ReaderOptions reader, long seed) {
    Optional<Splitter> splitter = splitter();
    if (splitter.isPresent()) {
      return told(console, splitter.get().split(all, seed));
    }
    Optional<Interactions> validData = further(console, valid, reader);
    Optional<Interactions> testData = further(console, test, reader);
    if (testData.isPresent()) {
      return told(console, GivenSplit.of(all, validData, testData.get()));
    }
    return new TrainingData(
        all,
        validData.map(
            data -> {
              HeldOuts.Aligned aligned = HeldOuts.of(all, data);
              aligned.notes("validation").forEach(note -> console.note("%s", note));
              return aligned.heldOut();
            }),
        Optional.empty());
  }

  private static TrainingData told(Console console, SplitData split) {
    split.notes().forEach(note -> console.note("%s", note));
    return new TrainingData(split.train(), split.validation(), Optional.of(split.test()));
  }

  /** Reads interactions, and says in a line what was read. */
  static Interactions read(Console console, Path file, ReaderOptions reader) {
    return told(console, file, InteractionFile.read(file, reader.read()));
  }

  /** The same of a further file in the same form, such as test data. */
  static Interactions readFurther(Console console, Path file, ReaderOptions reader) {
    return told(console, file, InteractionFile.read(file, reader.readFurther()));
  }

  private static Interactions told(Console console, Path file, Imported imported) {
    ImportReport report = imported.report();
    console.note(
        "%s: %,d users, %,d items, %,d pairs from %,d rows%s%s%s",
        file,
        report.users(),
        report.items(),
        report.pairs(),
        report.rows(),
        count(report.duplicates(), "duplicates merged"),
        count(report.belowMinRating(), "below the minimum rating"),
        count(report.badRowCount(), "bad rows left out"));
    report.warnings().forEach(console::warn);
    return imported.interactions();
  }

  private static Optional<Interactions> further(Console console, Path file, ReaderOptions reader) {
    return Optional.ofNullable(file).map(path -> readFurther(console, path, reader));
  }

  private static String count(long number, String what) {
    return number == 0 ? "" : String.format(java.util.Locale.ROOT, ", %,d %s", number, what);
  }
}
