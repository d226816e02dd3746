package dev.tamis.data.read;

import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * Reads interactions from a text file: CSV, TSV, {@code ::}, white space or JSON lines, plain or
 * gzip. The result is a function of the set of rows: their order does not matter.
 *
 * <p>Limits: ids of 256 bytes, fields of 1 MiB, 4096 columns, gzip that unpacks to 100 times its
 * size (after the first 16 MiB). Peak memory is 24 bytes a row, and the ids.
 */
public final class InteractionFile {
  static final String ROWS = "rows of user and item";

  private InteractionFile() {}

  /** Reads a file and finds out everything about it. */
  public static Imported read(Path path) {
    return read(path, ReadOptions.defaults());
  }

  /**
   * Reads a file.
   *
   * @throws TamisException of kind IO if the file cannot be read; BAD_DATA, with file, line and
   *     column, if it is not what it should be; USAGE if the options do not fit the file; CONFIG if
   *     a limit is passed
   */
  public static Imported read(Path path, ReadOptions options) {
    String source = path.toString();
    if (options.badRows().file().map(file -> same(file, path)).orElse(false)) {
      throw TamisException.usage(
          source + ": is named as the quarantine file too; name another file for the bad rows");
    }
    try (TextSource text = TextSource.open(path, ROWS)) {
      Layout layout = Layout.of(source, text.beginning(), options);
      boolean filtered =
          options.minRating().orElse(ReadOptions.ANY_RATING) > ReadOptions.ANY_RATING;
      if (filtered && layout.field(Role.RATING) < 0) {
        throw TamisException.usage(
            source
                + ": a minimum rating is given, but there is no rating column ("
                + String.join(", ", layout.columns())
                + "); name it, or leave the minimum out");
      }
      try (BadRowLog bad = new BadRowLog(source, options.badRows(), layout.shape)) {
        RowIntake intake = new RowIntake(layout, options.minRating().isPresent());
        readRows(source, text, layout, intake, bad);
        return finish(source, options, layout, intake, bad);
      }
    } catch (StructureFault e) {
      throw TamisException.badData(source + ":" + e.line() + ": " + e.getMessage());
    } catch (IOException e) {
      throw TextSource.failed(path, e);
    } catch (UncheckedIOException e) {
      throw TextSource.failed(path, e.getCause());
    }
  }

  private static boolean same(Path a, Path b) {
    try {
      return Files.exists(a) && Files.exists(b) && Files.isSameFile(a, b);
    } catch (IOException e) {
      throw TextSource.failed(b, e);
    }
  }

  private static void readRows(
      String source, TextSource text, Layout layout, RowIntake intake, BadRowLog bad)
      throws IOException {
    RowReader rows = layout.rows(text.stream());
    Row row = new Row(bad.keepsRows() ? Row.MAX_COLUMNS : layout.keep());
    boolean header = layout.header;
    boolean more = true;
    while (more) {
      try {
        more = rows.next(row);
        if (more && !header) {
          intake.take(row);
        }
        header = false;
      } catch (RowFault fault) {
        bad.add(row, fault);
      }
    }
    if (intake.size() == 0 && bad.count() == 0) {
      throw TamisException.badData(
          source
              + (layout.header ? ": has a header and no rows" : ": has no rows")
              + "; expected "
              + ROWS);
    }
  }

  private static Imported finish(
      String source, ReadOptions options, Layout layout, RowIntake intake, BadRowLog bad) {
    long rows = intake.size() + bad.count();
    PairTable table = intake.pairs();
    long duplicates = table.mergeDuplicates(source, options.duplicates());
    OptionalDouble minimum = options.minRating();
    long below =
        minimum.isPresent() && table.rating != null ? table.dropBelow(minimum.getAsDouble()) : 0;
    if (table.size() == 0) {
      throw TamisException.badData(
          source
              + ": no pair is left of "
              + rows
              + " rows: "
              + bad.count()
              + " are bad and "
              + below
              + " are rated below the minimum"
              + (below > 0 ? "; lower the minimum rating" : "; check the format and the columns"));
    }
    int before = table.size();
    ImportReport.Core core = KCore.reduce(table, options.minUserDegree(), options.minItemDegree());
    if (table.size() == 0) {
      throw TamisException.badData(
          source
              + ": no pair is left of "
              + before
              + ": no users with at least "
              + options.minUserDegree()
              + " and items with at least "
              + options.minItemDegree()
              + " pairs hold each other up; lower the minimum degrees");
    }
    Interactions data = table.finish();
    return new Imported(
        data, report(source, layout, intake, bad, data, rows, duplicates, below, core));
  }

  private static ImportReport report(
      String source,
      Layout layout,
      RowIntake intake,
      BadRowLog bad,
      Interactions data,
      long rows,
      long duplicates,
      long below,
      ImportReport.Core core) {
    int[] userDegrees = new int[data.userCount()];
    for (int u = 0; u < userDegrees.length; u++) {
      userDegrees[u] = data.degree(u);
    }
    return new ImportReport(
        source,
        layout.shape.format(),
        layout.shape.separator(),
        layout.header,
        layout.columns(),
        rows,
        data.size(),
        data.userCount(),
        data.itemCount(),
        data.density(),
        duplicates,
        below,
        core,
        bad.count(),
        bad.first(),
        ImportReport.Quantiles.of(userDegrees),
        ImportReport.Quantiles.of(data.itemCounts()),
        intake.warnings(layout.shape));
  }
}
