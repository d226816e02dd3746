package dev.tamis.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SearchRowsTest {
  private static final int ROWS = 5;

  static Stream<KernelOps> kernels() {
    return KernelSelector.vectorModulePresent()
        ? Stream.of(new ScalarOps(), new SimdOps())
        : Stream.of(new ScalarOps());
  }

  /** Of each row as many sums are passed over as are not above the mark, but never the last. */
  @ParameterizedTest
  @MethodSource("kernels")
  void firstSumAboveTheMarkIsFound(KernelOps ops) {
    SplittableRandom random = new SplittableRandom(5);
    for (int width = 1; width < 70; width++) {
      int[] sums = sums(width, random);
      for (int n = 0; n < 40; n++) {
        int[] marks = random.ints(n + 3, 0, Integer.MAX_VALUE).toArray();
        int[] found = random.ints(n + 4, 0, ROWS).toArray();
        if (n > 2) {
          marks[3] = Integer.MAX_VALUE;
          marks[4] = 0;
          marks[5] = sums[random.nextInt(sums.length)];
        }
        int[] expected = found.clone();
        for (int i = 0; i < n; i++) {
          expected[2 + i] = first(sums, found[2 + i] * width, width, marks[3 + i]);
        }
        ops.searchRows(sums, width, marks, 3, found, 2, n);

        assertThat(found).as("%d searches of %d", n, width).isEqualTo(expected);
      }
    }
  }

  /** Ascending, with many of one value in a row; the last may be as large as can be. */
  private static int[] sums(int width, SplittableRandom random) {
    int[] sums = new int[ROWS * width];
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < width; i++) {
        sums[row * width + i] = random.nextInt(3) * (Integer.MAX_VALUE / 2);
      }
      sums[row * width] = random.nextInt(Integer.MAX_VALUE);
      Arrays.sort(sums, row * width, (row + 1) * width);
    }
    return sums;
  }

  private static int first(int[] sums, int from, int width, int mark) {
    int place = from;
    while (place < from + width - 1 && sums[place] <= mark) {
      place++;
    }
    return place;
  }
}
