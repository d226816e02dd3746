package dev.tamis.kernels;

import static jdk.incubator.vector.VectorOperators.ASHR;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link Kernels#searchRows}, a search in each lane: the loads of a step are one gather. */
final class SimdSearch {
  /** With fewer, machines have no gather. */
  static final int FEWEST_LANES = 8;

  private static final VectorSpecies<Integer> S =
      VectorSpecies.of(int.class, SimdMath.S.vectorShape());
  private static final int W = S.length();

  private SimdSearch() {}

  static void rows(
      int[] sums, int width, int[] marks, int marksFrom, int[] found, int foundFrom, int n) {
    int whole = S.loopBound(n);
    for (int i = 0; i < whole; i += W) {
      int at = foundFrom + i;
      IntVector place = IntVector.fromArray(S, found, at).mul(width);
      IntVector above = IntVector.fromArray(S, marks, marksFrom + i).add(1);
      place.intoArray(found, at);
      for (int left = width; left > 1; ) {
        int half = left >>> 1;
        IntVector sum = IntVector.fromArray(S, sums, half - 1, found, at);
        place = place.add(sum.sub(above).lanewise(ASHR, 31).and(half));
        place.intoArray(found, at);
        left -= half;
      }
    }
    for (int i = whole; i < n; i++) {
      int first = found[foundFrom + i] * width;
      found[foundFrom + i] = ScalarSearch.row(sums, first, width, marks[marksFrom + i]);
    }
  }
}
