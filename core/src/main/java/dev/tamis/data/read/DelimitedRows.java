package dev.tamis.data.read;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.tamis.config.TamisException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Rows of CSV, TSV and {@code ::} files, cut by FastCSV. Bytes are passed through it as Latin-1,
 * one character a byte: all that matters to CSV is ASCII, and so every byte of a field comes out as
 * it went in, valid UTF-8 or not. Where there is no quoting, the quote is a character that Latin-1
 * does not have.
 */
final class DelimitedRows implements RowReader {
  private final Handler handler = new Handler();
  private final CloseableIterator<Row> rows;

  DelimitedRows(InputStream in, String separator, boolean quoted) {
    CsvReader<Row> reader =
        CsvReader.builder()
            .fieldSeparator(separator)
            .quoteCharacter(quoted ? '"' : '\uffff')
            .skipEmptyLines(true)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .detectBomHeader(false)
            .maxBufferSize(Row.MAX_FIELD_BYTES)
            .build(handler, new InputStreamReader(in, StandardCharsets.ISO_8859_1));
    rows = reader.iterator();
  }

  @Override
  public boolean next(Row row) {
    handler.row = row;
    try {
      do {
        if (!rows.hasNext()) {
          return false;
        }
        rows.next();
      } while (row.fields == 1 && row.isBlank(0));
      return true;
    } catch (CsvParseException e) {
      if (e.getCause() instanceof TamisException known) {
        throw known;
      }
      throw new StructureFault(Math.max(row.line, 1), reason(String.valueOf(e.getMessage())));
    }
  }

  private static String reason(String message) {
    if (message.contains("maximum buffer size")) {
      return StructureFault.TOO_LONG;
    }
    if (message.startsWith("Unclosed quoted field")) {
      return "a double quote is opened and never closed; close it, double it if it belongs to the"
          + " field, or read the file as tsv if it has no quoting";
    }
    if (message.startsWith("Unexpected character after closing quote")) {
      return "a field goes on after its closing double quote; double the quotes that belong to the"
          + " field, or read the file as tsv if it has no quoting";
    }
    return "the CSV parser says: " + message;
  }

  /** Fills the row it is pointed at. */
  private static final class Handler extends AbstractBaseCsvCallbackHandler<Row> {
    private Row row;

    @Override
    protected void handleBegin(long startingLine) {
      row.begin(startingLine);
    }

    @Override
    protected void handleField(int index, char[] buffer, int from, int length, boolean quoted) {
      row.addLatin1(buffer, from, length);
    }

    @Override
    protected Row buildRecord() {
      return row;
    }
  }
}
