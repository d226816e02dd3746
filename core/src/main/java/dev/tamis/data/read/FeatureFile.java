package dev.tamis.data.read;

import dev.tamis.config.TamisException;
import dev.tamis.data.IdMap;
import dev.tamis.data.feature.ColumnKind;
import dev.tamis.data.feature.FeatureColumn;
import dev.tamis.data.feature.Features;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Reads features of items or users from a delimited file, plain or gzip, with a header: a column of
 * ids by one of its usual names, and a column a feature.
 *
 * <p>What a column holds is found out where it is not given: it is numeric if all values among the
 * first rows are numbers; else multi-valued if any of its values has a bar in it; else categorical.
 * An empty field is a missing value. Values are compared byte for byte.
 */
public final class FeatureFile {
  private FeatureFile() {}

  /** Whose features a file has. */
  public enum Subject {
    ITEM(Role.ITEM),
    USER(Role.USER);

    private final Role role;

    Subject(Role role) {
      this.role = role;
    }

    /** As in messages. */
    public String word() {
      return role.word;
    }
  }

  /** What becomes of rows whose id is not among the interactions. */
  public enum Unknown {
    /** They are left out and counted. */
    SKIP,
    /** They are bad rows. */
    FAIL,
    /** They are kept: users or items known by their features alone. */
    ADD
  }

  /**
   * What came out of a file.
   *
   * @param features of the ids in the file; without {@link Unknown#ADD} of those that are known
   * @param unknown rows whose id is not among the interactions
   * @param badRowCount rows left out as unusable
   * @param badRows the first of them
   * @param notes what looks wrong but was kept, one sentence each
   */
  public record Read(
      Features features, int unknown, long badRowCount, List<BadRow> badRows, List<String> notes) {}

  /**
   * Reads a file.
   *
   * @param known the ids of the interactions
   * @param policy what to do with a row that cannot be used: a wrong number of columns, a missing
   *     id, an id that comes twice, a text where a number should be
   * @throws TamisException of kind IO if the file cannot be read; BAD_DATA, with file, line and
   *     column, if it is not what it should be; USAGE if a column asked for is not there
   */
  public static Read read(
      Path path,
      Subject subject,
      FeatureColumns columns,
      IdMap known,
      Unknown unknown,
      BadRowPolicy policy) {
    String source = path.toString();
    try (TextSource text = TextSource.open(path, expected(subject))) {
      byte[] beginning = text.beginning();
      Shape shape = Sniffer.shape(source, beginning, ReadOptions.defaults(), expected(subject));
      if (shape.format() == Format.JSON_LINES) {
        throw TamisException.badData(source + ": is JSON; give features as CSV or TSV");
      }
      List<List<String>> sample = shape.sample(beginning);
      List<String> header = sample.isEmpty() ? List.of() : sample.get(0);
      int id = subject.role.among(header);
      if (id < 0) {
        throw TamisException.badData(
            source
                + ":1: no "
                + subject.word()
                + " column among "
                + String.join(", ", header)
                + "; a feature file has a header, and its column of ids is named "
                + subject.word());
      }
      ColumnNames.requireOne(source, "columns", header, id, Role::plain, "");
      List<FeatureValues> values = values(source, header, id, columns, sample);
      try (BadRowLog bad = new BadRowLog(source, policy, shape)) {
        FeatureIntake intake =
            new FeatureIntake(subject.role, id, header.size(), values, known, unknown);
        readRows(source, shape.rows(text.stream(), List.of()), intake, bad);
        Features features = intake.finish();
        return new Read(
            features, intake.unknown(), bad.count(), bad.first(), notes(source, features));
      }
    } catch (StructureFault e) {
      throw TamisException.badData(source + ":" + e.line() + ": " + e.getMessage());
    } catch (IOException e) {
      throw TextSource.failed(path, e);
    }
  }

  private static String expected(Subject subject) {
    return "a header with a column named "
        + subject.word()
        + ", and a row for each "
        + subject.word();
  }

  private static List<FeatureValues> values(
      String source,
      List<String> header,
      int id,
      FeatureColumns columns,
      List<List<String>> sample) {
    List<FeatureValues> values = new ArrayList<>();
    List<FeatureColumns.Chosen> chosen = columns.chosen();
    if (chosen.isEmpty()) {
      chosen = new ArrayList<>();
      for (int c = 0; c < header.size(); c++) {
        if (c != id) {
          chosen.add(new FeatureColumns.Chosen(header.get(c), Optional.empty()));
        }
      }
    }
    for (FeatureColumns.Chosen one : chosen) {
      int field = header.indexOf(one.name());
      if (field < 0 || field == id) {
        throw TamisException.usage(
            source
                + (field < 0 ? " has no column '" : ": the column of ids is no feature '")
                + one.name()
                + "'; there are: "
                + String.join(", ", header));
      }
      ColumnNames.requireOne(source, "columns", header, field, UnaryOperator.identity(), "");
      boolean number =
          one.kind().map(k -> k == ColumnKind.NUMERIC).orElse(looksNumeric(sample, field));
      values.add(
          number
              ? FeatureValues.numbers(one.name(), field, one.kind().isPresent())
              : FeatureValues.texts(one.name(), field, one.kind()));
    }
    if (values.isEmpty()) {
      throw TamisException.badData(source + ":1: has no column beside the ids; add one a feature");
    }
    return values;
  }

  private static boolean looksNumeric(List<List<String>> sample, int field) {
    boolean any = false;
    for (List<String> row : sample.subList(1, sample.size())) {
      String value = field < row.size() ? row.get(field).strip() : "";
      if (!value.isEmpty()) {
        any = true;
        if (!FieldText.isNumber(value)) {
          return false;
        }
      }
    }
    return any;
  }

  private static void readRows(String source, RowReader rows, FeatureIntake intake, BadRowLog bad)
      throws IOException {
    Row row = new Row(bad.keepsRows() ? Row.MAX_COLUMNS : intake.keep());
    boolean header = true;
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
    if (intake.rows() == 0 && bad.count() == 0) {
      throw TamisException.badData(source + ": has a header and no rows");
    }
  }

  private static List<String> notes(String source, Features features) {
    List<String> notes = new ArrayList<>();
    for (FeatureColumn column : features.columns()) {
      boolean distinct =
          column.kind() == ColumnKind.CATEGORICAL
              && column.values().size() > 1
              && column.values().size() == column.rows() - column.missing();
      if (distinct) {
        notes.add(
            source
                + ": no two rows share a value of '"
                + column.name()
                + "', so it says nothing; leave the column out");
      }
    }
    return notes;
  }
}
