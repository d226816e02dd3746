package dev.tamis.artifact;

import dev.tamis.config.TamisException;
import dev.tamis.model.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Tables in the public safetensors format: the length of the header, a JSON header padded with
 * spaces to a multiple of 8, then the values, F32 little-endian, without holes, in the order of the
 * tables' names. The metadata carry format, version and artifact id.
 */
final class Safetensors {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,127}");

  private Safetensors() {}

  static void write(SectionOutput out, String id, List<Table> tables) throws IOException {
    SortedMap<String, Table> sorted = new TreeMap<>();
    for (Table table : tables) {
      if (!NAME.matcher(table.name()).matches()) {
        throw new IllegalArgumentException(
            "table name '" + table.name() + "' does not match " + NAME);
      }
      if (sorted.put(table.name(), table) != null) {
        throw new IllegalArgumentException("two tables are called '" + table.name() + "'");
      }
    }
    StringBuilder json =
        new StringBuilder("{\"__metadata__\":{\"format\":")
            .append(JsonText.quote(Manifest.FORMAT))
            .append(",\"version\":\"")
            .append(Manifest.VERSION)
            .append("\",\"artifact_id\":\"")
            .append(id)
            .append("\"}");
    long at = 0;
    for (Table table : sorted.values()) {
      long end = at + (long) Float.BYTES * table.rows() * table.width();
      json.append(
          String.format(
              Locale.ROOT,
              ",%s:{\"dtype\":\"F32\",\"shape\":[%d,%d],\"data_offsets\":[%d,%d]}",
              JsonText.quote(table.name()),
              table.rows(),
              table.width(),
              at,
              end));
      at = end;
    }
    json.append('}');
    while (json.length() % 8 != 0) {
      json.append(' ');
    }
    out.putLong(json.length());
    out.putBytes(json.toString().getBytes(StandardCharsets.US_ASCII));
    for (Table table : sorted.values()) {
      out.putFloats(table.values());
    }
  }

  static SortedMap<String, Table> read(SectionInput in, String id, String where)
      throws IOException {
    long headerBytes = in.readLong();
    if (headerBytes < 2 || headerBytes > Math.min(ManifestReader.MAX_BYTES, in.remaining())) {
      throw in.damaged(
          String.format(
              Locale.ROOT,
              "its header claims %,d bytes; allowed are 2 to %,d, and no more than the file has",
              headerBytes,
              ManifestReader.MAX_BYTES));
    }
    byte[] header = in.readBytes(headerBytes);
    Header read;
    try (JsonInput json = new JsonInput(header, 0, header.length, where)) {
      read = header(json, in);
    } catch (TamisException e) {
      throw in.orWrongCrc(e);
    }
    in.requireId(read.id, id);
    SortedMap<String, Table> tables = new TreeMap<>();
    for (Map.Entry<String, Shape> entry : read.shapes.entrySet()) {
      Shape shape = entry.getValue();
      float[] values = in.readFloats((long) shape.rows * shape.width);
      tables.put(entry.getKey(), new Table(entry.getKey(), shape.rows, shape.width, values));
    }
    in.finish();
    return tables;
  }

  /** The header, once it is certain that its tables cover the data exactly. */
  private static Header header(JsonInput json, SectionInput in) throws IOException {
    json.beginObject();
    json.field("__metadata__").beginObject();
    require(in, json.field("format").text(), Manifest.FORMAT, "the format");
    require(in, json.field("version").text(), "" + Manifest.VERSION, "the format version");
    String id = json.field("artifact_id").text();
    json.endObject();
    Map<String, Shape> shapes = new LinkedHashMap<>();
    String previous = "";
    long at = 0;
    while (!json.atEndOfObject()) {
      String name = json.name();
      if (!NAME.matcher(name).matches() || name.compareTo(previous) <= 0) {
        throw in.damaged("table name '" + name + "' is not allowed or out of order");
      }
      if (shapes.size() == ManifestReader.MAX_ENTRIES) {
        throw in.damaged("it has more than " + ManifestReader.MAX_ENTRIES + " tables");
      }
      json.beginObject();
      require(in, json.field("dtype").text(), "F32", "the type of table '" + name + "'");
      json.field("shape").beginArray();
      long rows = json.number();
      long width = json.number();
      json.endArray();
      json.field("data_offsets").beginArray();
      long start = json.number();
      long end = json.number();
      json.endArray();
      json.endObject();
      // Counts fit in an int each, so that the product below is exact.
      if (rows < 0 || rows > Integer.MAX_VALUE || width < 0 || width > Integer.MAX_VALUE) {
        throw in.damaged("table '" + name + "' is " + rows + " x " + width);
      }
      if (start != at || end < start || end > in.remaining()) {
        throw in.damaged(
            String.format(
                Locale.ROOT,
                "table '%s' is at bytes %,d to %,d, expected from %,d, at most to %,d",
                name,
                start,
                end,
                at,
                in.remaining()));
      }
      if (rows * width > Integer.MAX_VALUE - 8 || (end - start) != rows * width * Float.BYTES) {
        throw in.damaged(
            String.format(
                Locale.ROOT,
                "table '%s' is %,d x %,d but has %,d bytes",
                name,
                rows,
                width,
                end - start));
      }
      shapes.put(name, new Shape((int) rows, (int) width));
      previous = name;
      at = end;
    }
    json.endObject();
    json.end();
    if (at != in.remaining()) {
      throw in.damaged(
          String.format(
              Locale.ROOT, "its tables end at byte %,d, its data at %,d", at, in.remaining()));
    }
    return new Header(id, shapes);
  }

  private static void require(SectionInput in, String found, String expected, String what)
      throws IOException {
    if (!found.equals(expected)) {
      throw in.damaged(what + " is '" + found + "', expected '" + expected + "'");
    }
  }

  /** Shapes in the order of the data. */
  private record Header(String id, Map<String, Shape> shapes) {}

  private record Shape(int rows, int width) {}
}
