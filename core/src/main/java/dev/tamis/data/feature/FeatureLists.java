package dev.tamis.data.feature;

/**
 * An item or user as a short list of rows of a table, each with a weight.
 *
 * @param start [things + 1]: the entries of thing {@code i} are {@code start[i]..start[i + 1]}
 * @param row [entries] a row of the table
 * @param weight [entries] what it counts
 */
public record FeatureLists(int[] start, int[] row, float[] weight) {
  /** How many things there are. */
  public int size() {
    return start.length - 1;
  }

  /**
   * These lists, to each of which a row of the thing's own is added, with weight 1.
   *
   * @param firstRow the row of thing 0; those of the others follow
   * @param has [things] whether it has such a row
   */
  public FeatureLists withOwnRows(int firstRow, boolean[] has) {
    int more = 0;
    for (boolean one : has) {
      more += one ? 1 : 0;
    }
    int[] newStart = new int[start.length];
    int[] newRow = new int[row.length + more];
    float[] newWeight = new float[row.length + more];
    for (int i = 0; i < has.length; i++) {
      int count = start[i + 1] - start[i];
      int at = newStart[i];
      System.arraycopy(row, start[i], newRow, at, count);
      System.arraycopy(weight, start[i], newWeight, at, count);
      newStart[i + 1] = at + count;
      if (has[i]) {
        newRow[newStart[i + 1]] = firstRow + i;
        newWeight[newStart[i + 1]++] = 1;
      }
    }
    return new FeatureLists(newStart, newRow, newWeight);
  }

  /** Lists of so many things, all of them empty. */
  public static FeatureLists empty(int things) {
    int[] start = new int[things + 1];
    return new FeatureLists(start, new int[0], new float[0]);
  }
}
