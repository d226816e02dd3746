package dev.tamis.model;

import dev.tamis.math.Matrix;

/**
 * The gradient of a table as a list of entries: entry {@code e} adds {@code coefficient[e] *
 * source[sourceRow[e]]} to table row {@code row[e]}, or to none if that is negative. Ranges of
 * entries are filled by several threads; entries of one table row are summed in the order of the
 * list, so the sum does not depend on who filled what.
 */
public final class SparseGradient {
  public int count;
  public int[] row; // [entries] the table row each entry goes to
  public float[] coefficient; // [entries]
  public int[] sourceRow; // [entries]
  public float[] occurrences = {}; // [entries] how often each counts for the decay; empty: once
  public Matrix source;
  public boolean towardsSource; // the source is taken less the row that the entry goes to

  /** Room for so many entries. */
  public SparseGradient(int entries) {
    row = new int[entries];
    coefficient = new float[entries];
    sourceRow = new int[entries];
  }

  /** Makes room for at least so many entries; what was there is lost. */
  public void reserve(int entries) {
    if (entries > row.length) {
      int room = Math.max(entries, row.length + row.length / 2);
      row = new int[room];
      coefficient = new float[room];
      sourceRow = new int[room];
    }
  }
}
