package dev.tamis.data.read;

import dev.tamis.data.IdMap;
import dev.tamis.data.feature.ColumnKind;
import dev.tamis.data.feature.FeatureColumn;
import java.util.Arrays;
import java.util.Optional;

/** The values of a column of a feature file, in the order of its rows. */
final class FeatureValues {
  private static final byte BAR = '|';

  private final String name;
  private final int field;
  private final boolean numeric;
  private final boolean kindGiven;
  private Optional<ColumnKind> kind;
  private final IdTable values = new IdTable(); // the texts between bars
  private int rows;
  private int[] end = new int[64]; // [rows] where the values of each row end
  private int[] number = new int[64]; // [values of all rows]
  private int size;
  private float[] numbers = new float[64]; // [rows] of a numeric column

  private FeatureValues(
      String name, int field, boolean numeric, boolean kindGiven, Optional<ColumnKind> kind) {
    this.name = name;
    this.field = field;
    this.numeric = numeric;
    this.kindGiven = kindGiven;
    this.kind = kind;
  }

  /** A column of numbers. */
  static FeatureValues numbers(String name, int field, boolean kindGiven) {
    return new FeatureValues(name, field, true, kindGiven, Optional.of(ColumnKind.NUMERIC));
  }

  /** A column of texts; without a kind it becomes multi-valued as soon as a bar comes. */
  static FeatureValues texts(String name, int field, Optional<ColumnKind> kind) {
    return new FeatureValues(name, field, false, kind.isPresent(), kind);
  }

  String name() {
    return name;
  }

  /**
   * Looks at a row without taking it.
   *
   * @throws RowFault if its field cannot be a value of this column
   */
  void check(Row row) {
    if (row.isBlank(field)) {
      return;
    }
    if (numeric) {
      number(row);
      return;
    }
    FieldText.checkUtf8(row, field, field + 1, "'" + name + "'");
    int longest = 0;
    int from = row.start(field);
    for (int at = from; at <= row.ends[field]; at++) {
      if (at == row.ends[field] || splits() && row.text[at] == BAR) {
        longest = Math.max(longest, at - from);
        from = at + 1;
      }
    }
    if (longest > IdMap.MAX_BYTES) {
      throw new RowFault(
          field + 1,
          "'"
              + name
              + "' has a value of "
              + longest
              + " bytes; at most "
              + IdMap.MAX_BYTES
              + " are allowed; a text is no feature, so choose other columns");
    }
  }

  private boolean splits() {
    return kind.orElse(ColumnKind.MULTI) == ColumnKind.MULTI;
  }

  private float number(Row row) {
    String text = row.string(field).strip();
    float value = FieldText.isNumber(text) ? Float.parseFloat(text) : Float.NaN;
    if (Float.isNaN(value) || Float.isInfinite(value)) {
      throw new RowFault(
          field + 1,
          "'"
              + name
              + "' is numeric"
              + (kindGiven ? "" : ", as its first values are")
              + ", but "
              + FieldText.shown(text)
              + " is not a finite number; mend it, leave the field empty, or read the column as "
              + name
              + ":categorical");
    }
    return value;
  }

  /** Takes a row that was checked. */
  void take(Row row) {
    if (rows == end.length) {
      end = Arrays.copyOf(end, 2 * rows);
      numbers = numeric ? Arrays.copyOf(numbers, 2 * rows) : numbers;
    }
    boolean blank = row.isBlank(field);
    if (numeric) {
      numbers[rows] = blank ? Float.NaN : number(row);
    } else if (!blank) {
      takeTexts(row);
    }
    end[rows++] = size;
  }

  private void takeTexts(Row row) {
    int first = size;
    int from = row.start(field);
    for (int at = from; at <= row.ends[field]; at++) {
      boolean bar = at < row.ends[field] && row.text[at] == BAR && splits();
      if (bar && kind.isEmpty()) {
        kind = Optional.of(ColumnKind.MULTI);
      }
      if (bar || at == row.ends[field]) {
        add(row.text, from, at - from, first);
        from = at + 1;
      }
    }
  }

  /** Adds a value to the current row, unless it is empty or there already. */
  private void add(byte[] text, int from, int length, int first) {
    if (length == 0) {
      return;
    }
    int found = values.find(text, from, length);
    int value = found >= 0 ? found : values.add(text, from, length);
    for (int e = first; e < size; e++) {
      if (number[e] == value) {
        return;
      }
    }
    if (size == number.length) {
      number = Arrays.copyOf(number, 2 * size);
    }
    number[size++] = value;
  }

  /** The column with its rows in another order. */
  FeatureColumn finish(int[] order) {
    if (numeric) {
      float[] sorted = new float[rows];
      for (int i = 0; i < rows; i++) {
        sorted[i] = numbers[order[i]];
      }
      return FeatureColumn.of(name, sorted);
    }
    int[] valueOrder = values.order();
    int[] rank = new int[valueOrder.length];
    for (int i = 0; i < rank.length; i++) {
      rank[valueOrder[i]] = i;
    }
    int[] start = new int[rows + 1];
    int[] ranks = new int[size];
    for (int i = 0; i < rows; i++) {
      int from = order[i] == 0 ? 0 : end[order[i] - 1];
      int at = start[i];
      for (int e = from; e < end[order[i]]; e++) {
        ranks[at++] = rank[number[e]];
      }
      Arrays.sort(ranks, start[i], at);
      start[i + 1] = at;
    }
    return FeatureColumn.of(
        name, kind.orElse(ColumnKind.CATEGORICAL), values.sorted(valueOrder), start, ranks);
  }
}
