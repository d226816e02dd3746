package dev.tamis.data.read;

import dev.tamis.data.IdMap;
import dev.tamis.data.feature.FeatureColumn;
import dev.tamis.data.feature.Features;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Checks the rows of a feature file and collects them. */
final class FeatureIntake {
  private final Role role;
  private final int id; // the field
  private final int fields;
  private final List<FeatureValues> values;
  private final IdMap known;
  private final FeatureFile.Unknown policy;
  private final IdTable ids = new IdTable();
  private long[] lines = new long[64]; // [ids] where each stands
  private int unknown;

  FeatureIntake(
      Role role,
      int id,
      int fields,
      List<FeatureValues> values,
      IdMap known,
      FeatureFile.Unknown policy) {
    this.role = role;
    this.id = id;
    this.fields = fields;
    this.values = values;
    this.known = known;
    this.policy = policy;
  }

  /** How many fields of a row are looked at: all, since their number is. */
  int keep() {
    return fields;
  }

  /** Rows so far, the unknown ones included. */
  int rows() {
    return ids.size() + (policy == FeatureFile.Unknown.SKIP ? unknown : 0);
  }

  int unknown() {
    return unknown;
  }

  /**
   * Takes a row, whole or not at all.
   *
   * @throws RowFault if it cannot be used
   */
  void take(Row row) {
    if (row.fields != fields) {
      throw new RowFault(
          0,
          "has " + row.fields + " columns, but the header has " + fields + "; give each a value");
    }
    FieldText.checkId(row, id, id + 1, role.word);
    FieldText.checkUtf8(row, id, id + 1, role.word);
    int number = ids.find(row.text, row.start(id), row.length(id));
    if (number >= 0) {
      throw new RowFault(
          id + 1,
          role.word
              + " "
              + FieldText.shown(row.string(id))
              + " comes twice, first on line "
              + lines[number]
              + "; expected it once");
    }
    boolean isKnown = known.index(row.text, row.start(id), row.length(id)) >= 0;
    if (!isKnown && policy == FeatureFile.Unknown.FAIL) {
      throw new RowFault(
          id + 1,
          role.word
              + " "
              + FieldText.shown(row.string(id))
              + " is not among those of the interactions; remove the row, or let such rows be"
              + " skipped or added");
    }
    for (FeatureValues column : values) {
      column.check(row);
    }
    unknown += isKnown ? 0 : 1;
    if (!isKnown && policy == FeatureFile.Unknown.SKIP) {
      return;
    }
    number = ids.add(row.text, row.start(id), row.length(id));
    if (number == lines.length) {
      lines = Arrays.copyOf(lines, 2 * number);
    }
    lines[number] = row.line;
    for (FeatureValues column : values) {
      column.take(row);
    }
  }

  /** All rows, sorted by id. */
  Features finish() {
    int[] order = ids.order();
    List<FeatureColumn> columns = new ArrayList<>();
    for (FeatureValues column : values) {
      columns.add(column.finish(order));
    }
    return new Features(ids.sorted(order), columns);
  }
}
