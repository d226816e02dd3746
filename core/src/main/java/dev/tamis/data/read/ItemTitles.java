package dev.tamis.data.read;

import dev.tamis.config.TamisException;
import dev.tamis.data.IdMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The titles of items.
 *
 * @param titles [items]; empty text where the file has no title for an item
 * @param unknownItems rows of the file whose item is not among the items
 * @param untitled items for which the file has no row
 */
public record ItemTitles(String[] titles, int unknownItems, int untitled) {
  private static final String ROWS = "rows of item and title";
  private static final List<String> TITLE_NAMES = List.of("title", "name", "itemname", "itemtitle");

  /**
   * Reads titles from a delimited file, plain or gzip, with or without header: the columns {@code
   * item} and {@code title} by their usual names, else the first and the second.
   *
   * @throws TamisException of kind IO if the file cannot be read; BAD_DATA, with file, line and
   *     column, if it is not what it should be
   */
  public static ItemTitles read(Path path, IdMap items) {
    String source = path.toString();
    try (TextSource text = TextSource.open(path, ROWS)) {
      byte[] beginning = text.beginning();
      Shape shape = Sniffer.shape(source, beginning, ReadOptions.defaults(), ROWS);
      if (shape.format() == Format.JSON_LINES) {
        throw TamisException.badData(source + ": is JSON; give titles as CSV or TSV");
      }
      List<List<String>> sample = shape.sample(beginning);
      List<String> first = sample.isEmpty() ? List.of() : sample.get(0);
      int item = Role.ITEM.among(first);
      int title = titleAmong(first);
      boolean header = item >= 0 || title >= 0;
      item = header ? item : 0;
      title = header ? title : 1;
      if (item < 0 || title < 0) {
        throw TamisException.badData(
            source
                + ":1: no "
                + (item < 0 ? "item" : "title")
                + " column among "
                + String.join(", ", first)
                + "; name the columns item and title");
      }
      if (header) {
        ColumnNames.requireOne(source, "columns", first, item, Role::plain, "");
        ColumnNames.requireOne(source, "columns", first, title, Role::plain, "");
      }
      return read(source, shape.rows(text.stream(), List.of()), item, title, header, items);
    } catch (StructureFault e) {
      throw TamisException.badData(source + ":" + e.line() + ": " + e.getMessage());
    } catch (IOException e) {
      throw TextSource.failed(path, e);
    }
  }

  private static int titleAmong(List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      String plain = Role.untyped(names.get(i)).strip().toLowerCase(Locale.ROOT);
      if (TITLE_NAMES.contains(plain.replaceAll("[_\\- ]", ""))) {
        return i;
      }
    }
    return -1;
  }

  private static ItemTitles read(
      String source, RowReader rows, int item, int title, boolean header, IdMap items)
      throws IOException {
    String[] titles = new String[items.size()];
    int unknown = 0;
    Row row = new Row(1 + Math.max(item, title));
    boolean skip = header;
    while (rows.next(row)) {
      if (skip) {
        skip = false;
        continue;
      }
      try {
        if (row.kept <= Math.max(item, title)) {
          throw new RowFault(0, "has " + row.fields + " columns; expected an item and a title");
        }
        FieldText.checkId(row, item, item + 1, "item");
        FieldText.checkUtf8(row, title, title + 1, "title");
        int number = items.index(row.text, row.start(item), row.length(item));
        if (number >= 0 && titles[number] != null) {
          throw new RowFault(
              item + 1,
              "item " + FieldText.shown(row.string(item)) + " comes twice; expected it once");
        }
        unknown += number < 0 ? 1 : 0;
        if (number >= 0) {
          titles[number] = row.string(title);
        }
      } catch (RowFault fault) {
        String column = fault.column() > 0 ? ":" + fault.column() : "";
        throw TamisException.badData(source + ":" + row.line + column + ": " + fault.getMessage());
      }
    }
    int untitled = 0;
    for (String known : titles) {
      untitled += known == null ? 1 : 0;
    }
    return new ItemTitles(
        Arrays.stream(titles).map(t -> t == null ? "" : t).toArray(String[]::new),
        unknown,
        untitled);
  }
}
