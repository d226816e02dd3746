package dev.tamis.data.read;

import dev.tamis.config.TamisException;
import dev.tamis.config.TamisException.Kind;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Deals with bad rows as the policy says, and remembers the first of them. */
final class BadRowLog implements Closeable {
  private static final Pattern QUOTED = Pattern.compile("[\"\\r\\n]");

  private final String source;
  private final BadRowPolicy policy;
  private final String separator;
  private final boolean quoted; // whether fields may be written in double quotes
  private final List<BadRow> first = new ArrayList<>();
  private OutputStream out;
  private long count;

  BadRowLog(String source, BadRowPolicy policy, Shape shape) {
    this.source = source;
    this.policy = policy;
    this.separator = shape.separator();
    this.quoted = shape.format() == Format.CSV;
  }

  /** Whether bad rows are written out, so that all of a row is needed. */
  boolean keepsRows() {
    return policy.action() == BadRowPolicy.Action.QUARANTINE;
  }

  long count() {
    return count;
  }

  List<BadRow> first() {
    return first;
  }

  /**
   * Takes note of a bad row.
   *
   * @throws TamisException if the policy is to fail, or the cap is passed
   */
  void add(Row row, RowFault fault) throws IOException {
    String place = source + ":" + row.line + (fault.column() > 0 ? ":" + fault.column() : "");
    if (policy.action() == BadRowPolicy.Action.FAIL) {
      throw TamisException.badData(place + ": " + fault.getMessage());
    }
    count++;
    if (count > policy.cap()) {
      throw TamisException.badData(
          place
              + ": "
              + fault.getMessage()
              + "; this is bad row number "
              + count
              + ", and at most "
              + policy.cap()
              + " are tolerated; mend the file or raise the cap");
    }
    if (first.size() < ImportReport.BAD_ROWS_KEPT) {
      first.add(new BadRow(row.line, fault.column(), fault.getMessage()));
    }
    if (policy.action() == BadRowPolicy.Action.QUARANTINE) {
      write(row, fault);
    }
  }

  private void write(Row row, RowFault fault) throws IOException {
    Path file = policy.file().orElseThrow();
    try {
      if (out == null) {
        out = policy.quarantine().open();
      }
      String head = source + ":" + row.line + "\t" + fault.getMessage() + "\t";
      out.write(head.getBytes(StandardCharsets.UTF_8));
      if (row.rawLength >= 0) {
        out.write(row.raw, 0, row.rawLength);
      } else {
        writeFields(row);
      }
      out.write('\n');
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private void writeFields(Row row) throws IOException {
    byte[] between = separator.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < row.kept; i++) {
      out.write(between, 0, i > 0 ? between.length : 0);
      String field = row.latin1(i);
      boolean quote = quoted && (field.contains(separator) || QUOTED.matcher(field).find());
      String written = quote ? '"' + field.replace("\"", "\"\"") + '"' : field;
      out.write(written.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  private static TamisException unwritable(Path file, IOException e) {
    return new TamisException(
        Kind.CANNOT_CREATE,
        "quarantine file " + file + " cannot be written (" + e + "); name a file that can be",
        e);
  }

  @Override
  public void close() {
    try {
      if (out != null) {
        out.close();
      }
    } catch (IOException e) {
      throw unwritable(policy.file().orElseThrow(), e);
    }
  }
}
