package dev.tamis.cli;

import dev.tamis.lab.page.Visible;
import java.util.ArrayList;
import java.util.List;

/** A table of text: columns as wide as their widest cell, numbers to the right. */
final class TextTable {
  private final List<String[]> rows = new ArrayList<>();

  /** Adds a row; the first row added is the heading. */
  TextTable row(String... cells) {
    rows.add(java.util.Arrays.stream(cells).map(Visible::line).toArray(String[]::new));
    return this;
  }

  /** The lines of the table, each indented by two spaces. */
  List<String> lines() {
    int columns = rows.stream().mapToInt(row -> row.length).max().orElse(0);
    int[] width = new int[columns];
    boolean[] right = new boolean[columns];
    for (int c = 0; c < columns; c++) {
      right[c] = rows.size() > 1;
      for (int r = 0; r < rows.size(); r++) {
        if (c < rows.get(r).length) {
          String cell = rows.get(r)[c];
          width[c] = Math.max(width[c], width(cell));
          right[c] &= r == 0 || cell.isEmpty() || isNumber(cell);
        }
      }
    }
    List<String> lines = new ArrayList<>();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder(" ");
      for (int c = 0; c < row.length; c++) {
        String space = " ".repeat(width[c] - width(row[c]));
        line.append(' ').append(right[c] ? space + row[c] : row[c] + space).append(' ');
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }

  private static boolean isNumber(String cell) {
    return cell.chars().allMatch(c -> c >= '0' && c <= '9' || " .,-+%x".indexOf(c) >= 0);
  }
}
