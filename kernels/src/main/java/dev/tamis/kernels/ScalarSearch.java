package dev.tamis.kernels;

/** {@link Kernels#searchRows} without a branch, which would be guessed wrong every other time. */
final class ScalarSearch {
  private ScalarSearch() {}

  /** A search is a chain of loads, so four of them are waited for together. */
  static void rows(
      int[] sums, int width, int[] marks, int marksFrom, int[] found, int foundFrom, int n) {
    int i = 0;
    for (; i + 4 <= n; i += 4) {
      int at = foundFrom + i;
      int a = found[at] * width;
      int b = found[at + 1] * width;
      int c = found[at + 2] * width;
      int d = found[at + 3] * width;
      int markA = marks[marksFrom + i];
      int markB = marks[marksFrom + i + 1];
      int markC = marks[marksFrom + i + 2];
      int markD = marks[marksFrom + i + 3];
      for (int left = width; left > 1; ) {
        int half = left >>> 1;
        a += half & notAbove(sums[a + half - 1], markA);
        b += half & notAbove(sums[b + half - 1], markB);
        c += half & notAbove(sums[c + half - 1], markC);
        d += half & notAbove(sums[d + half - 1], markD);
        left -= half;
      }
      found[at] = a;
      found[at + 1] = b;
      found[at + 2] = c;
      found[at + 3] = d;
    }
    for (; i < n; i++) {
      found[foundFrom + i] = row(sums, found[foundFrom + i] * width, width, marks[marksFrom + i]);
    }
  }

  /** The search of the row that begins at {@code first}. */
  static int row(int[] sums, int first, int width, int mark) {
    int place = first;
    for (int left = width; left > 1; ) {
      int half = left >>> 1;
      place += half & notAbove(sums[place + half - 1], mark);
      left -= half;
    }
    return place;
  }

  /** All ones where the sum is not above the mark, else zero. */
  private static int notAbove(int sum, int mark) {
    return sum - mark - 1 >> 31;
  }
}
