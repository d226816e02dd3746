package dev.tamis.data.feature;

import dev.tamis.data.IdMap;
import dev.tamis.data.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Features of items or of users, as they were given.
 *
 * @param ids whose they are: a row an id
 * @param columns each with as many rows and a name of its own; {@value #MOST_COLUMNS} at most
 */
public record Features(IdMap ids, List<FeatureColumn> columns) {
  /** The most columns there may be: as many as a model can keep. */
  public static final int MOST_COLUMNS = 4096;

  /**
   * @throws IllegalArgumentException if a column has another number of rows, two have one name, or
   *     there are too many
   */
  public Features {
    columns = List.copyOf(columns);
    requireNames(columns.stream().map(FeatureColumn::name).toList());
    for (FeatureColumn column : columns) {
      if (column.rows() != ids.size()) {
        throw new IllegalArgumentException(
            "column '" + column.name() + "' has " + column.rows() + " rows, not " + ids.size());
      }
    }
  }

  /** Refuses the names of columns of which a model could not be written and read again. */
  static void requireNames(List<String> names) {
    if (names.size() > MOST_COLUMNS) {
      throw new IllegalArgumentException(
          "there are " + names.size() + " columns; at most " + MOST_COLUMNS + " are allowed");
    }
    Set<String> known = new HashSet<>();
    for (String name : names) {
      if (!known.add(name)) {
        throw new IllegalArgumentException(
            "two columns are named '" + name + "'; names must differ");
      }
    }
  }

  /** The features of other ids: those that have none here have missing values only. */
  public Features of(IdMap others) {
    if (ids.sameAs(others)) {
      return this;
    }
    int[] source = new int[others.size()];
    for (int i = 0; i < source.length; i++) {
      int from = i == 0 ? 0 : others.ends()[i - 1];
      source[i] = ids.index(others.bytes(), from, others.ends()[i] - from);
    }
    return new Features(others, columns.stream().map(c -> c.rearranged(source)).toList());
  }

  /** The SHA-256, in hexadecimal, of ids, columns and values. */
  public String fingerprint() {
    MessageDigest digest = Sha256.start();
    update(digest, ids.ends());
    digest.update(ids.bytes());
    for (FeatureColumn column : columns) {
      digest.update(column.name().getBytes(StandardCharsets.UTF_8));
      digest.update((byte) column.kind().ordinal());
      update(digest, column.values().ends());
      digest.update(column.values().bytes());
      if (column.numbers() == null) {
        update(digest, column.start());
        update(digest, column.valueNumbers());
      } else {
        int[] bits = new int[column.rows()];
        for (int row = 0; row < bits.length; row++) {
          bits[row] = Float.floatToIntBits(column.numbers()[row]);
        }
        update(digest, bits);
      }
    }
    return Sha256.text(digest);
  }

  private static void update(MessageDigest digest, int[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * 1024);
    digest.update(bytes.putInt(values.length).flip());
    for (int from = 0; from < values.length; from += 1024) {
      bytes.clear();
      for (int i = from; i < Math.min(values.length, from + 1024); i++) {
        bytes.putInt(values[i]);
      }
      digest.update(bytes.flip());
    }
  }
}
