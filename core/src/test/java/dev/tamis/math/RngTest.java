package dev.tamis.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RngTest {
  @Test
  void manyNumbersAreThoseThatComeOneByOne() {
    Rng one = Rng.keyed(7, Stream.DEMO, 2, 5);
    Rng many = Rng.keyed(7, Stream.DEMO, 2, 5);
    long[] numbers = new long[70];
    for (int n : new int[] {1, 0, 64, 70, 3}) {
      many.nextLongs(numbers, n);
      for (int i = 0; i < n; i++) {
        assertThat(numbers[i]).isEqualTo(one.nextLong());
      }
    }
    assertThat(many.nextLong()).isEqualTo(one.nextLong());
  }

  /** Where none is drawn again, they are those that come one by one. */
  @Test
  void manyBelowSmallBoundsAreThoseThatComeOneByOne() {
    Rng one = Rng.keyed(7, Stream.DEMO, 2, 5);
    Rng many = Rng.keyed(7, Stream.DEMO, 2, 5);
    int[] bounds = new int[800]; // more than one block
    Arrays.setAll(bounds, i -> 1 + i % 97);
    int[] numbers = bounds.clone();
    many.nextInts(numbers, 3, 790);

    for (int i = 3; i < 790; i++) {
      assertThat(numbers[i]).isEqualTo(one.nextInt(bounds[i]));
    }
    assertThat(numbers[2]).isEqualTo(bounds[2]);
    assertThat(numbers[790]).isEqualTo(bounds[790]);
  }

  /** A third of the numbers below 3 * 2^29 would come more often, were none drawn again. */
  @Test
  void manyBelowALargeBoundAreEven() {
    int bound = 3 << 29;
    Rng rng = Rng.keyed(8, Stream.DEMO, 2, 5);
    long[] counts = new long[3];
    for (int round = 0; round < 300; round++) {
      int[] numbers = new int[1000];
      Arrays.fill(numbers, bound);
      rng.nextInts(numbers, 0, 1000);
      for (int number : numbers) {
        counts[number % 3]++;
      }
    }
    ChiSquare.assertFollows(counts, new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0});
  }

  @Test
  void numbersOfAKeyNeverChange() {
    Rng rng = Rng.keyed(42, Stream.NEGATIVES, 7, 3);

    assertThat(new long[] {rng.nextLong(), rng.nextLong(), rng.nextLong()})
        .containsExactly(-1823016255408866122L, -6371311055564113160L, -6634895548965284605L);
    assertThat(rng.nextInt(1000)).isEqualTo(417);
    assertThat(rng.nextFloat()).isEqualTo(0.24152547f);
    assertThat(rng.nextDouble()).isEqualTo(0.3156129591675154);
    assertThat(rng.nextGaussian()).isEqualTo(-0.7130042924692636);
    assertThat(rng.nextGaussian()).isEqualTo(1.2969460271960385);
  }

  @Test
  void numbersOfPurposesNeverChange() {
    assertThat(Arrays.stream(Stream.values()).limit(8).mapToLong(Stream::number))
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    assertThat(Arrays.stream(Stream.values()).mapToLong(Stream::number)).doesNotHaveDuplicates();
  }

  @Test
  void sameKeyGivesTheSameNumbersWhateverWasDrawnBefore() {
    Rng used = Rng.keyed(1, Stream.DEMO, 2, 3);
    used.nextGaussian(); // leaves a spare one
    used.key(9, Stream.SPLIT, 8, 7);
    Rng fresh = Rng.keyed(9, Stream.SPLIT, 8, 7);

    for (int i = 0; i < 100; i++) {
      assertThat(used.nextGaussian()).isEqualTo(fresh.nextGaussian());
    }
  }

  @Test
  void neighbouringKeysShareNoNumber() {
    Set<Long> seen = new HashSet<>();
    int keys = 0;
    for (long seed = -2; seed <= 2; seed++) {
      for (Stream stream : Stream.values()) {
        for (long step = -2; step <= 8; step++) {
          for (long row = 0; row <= 8; row++, keys++) {
            Rng rng = Rng.keyed(seed, stream, step, row);
            for (int i = 0; i < 4; i++) {
              seen.add(rng.nextLong());
            }
          }
        }
      }
    }
    assertThat(seen).hasSize(4 * keys);
  }

  /** Bits of numbers whose keys differ by one are as far apart as those of strangers. */
  @Test
  void numbersOfNeighbouringRowsAndStepsAreUncorrelated() {
    long[] distances = new long[65];
    double[] binomial = new double[65];
    for (int step = 0; step < 200; step++) {
      for (int row = 0; row < 200; row++) {
        long here = Rng.keyed(5, Stream.NEGATIVES, step, row).nextLong();
        distances[Long.bitCount(here ^ Rng.keyed(5, Stream.NEGATIVES, step, row + 1).nextLong())]++;
        distances[Long.bitCount(here ^ Rng.keyed(5, Stream.NEGATIVES, step + 1, row).nextLong())]++;
      }
    }
    double term = Math.pow(0.5, 64);
    for (int k = 0; k <= 64; k++) {
      binomial[k] = term;
      term *= (64.0 - k) / (k + 1);
    }
    ChiSquare.assertFollows(distances, binomial);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 10, 64, 1000, 1023, 1025})
  void wholeNumbersAreUniform(int bound) {
    Rng rng = Rng.keyed(11, Stream.SPLIT, bound, 0);
    long[] counts = new long[Math.max(2, bound)];
    double[] even = new double[counts.length];
    Arrays.fill(even, 0, bound, 1.0 / bound);
    for (int i = 0; i < 200_000; i++) {
      counts[rng.nextInt(bound)]++;
    }
    if (bound == 1) {
      assertThat(counts).containsExactly(200_000, 0);
    } else {
      ChiSquare.assertFollows(counts, even);
    }
  }

  /**
   * With a bound of 3/4 of 2^31 a draw without rejection would favour every third number; thirds of
   * the range by remainder would show it.
   */
  @ParameterizedTest
  @ValueSource(ints = {1_610_612_736, 1_431_655_766, Integer.MAX_VALUE, (1 << 30) + 1})
  void wholeNumbersBelowLargeBoundsAreUniform(int bound) {
    Rng rng = Rng.keyed(12, Stream.SPLIT, bound, 0);
    long[] remainders = new long[3];
    long[] tenths = new long[10];
    double[] evenTenths = new double[10];
    double[] evenRemainders = new double[3];
    for (int i = 0; i < 3; i++) {
      evenRemainders[i] = (double) ((bound - 1 - i) / 3 + 1) / bound;
    }
    for (int i = 0; i < 10; i++) {
      long from = ((long) bound * i + 9) / 10;
      long to = ((long) bound * (i + 1) + 9) / 10;
      evenTenths[i] = (to - from) / (double) bound;
    }
    for (int i = 0; i < 300_000; i++) {
      int draw = rng.nextInt(bound);
      assertThat(draw >= 0 && draw < bound).isTrue();
      remainders[draw % 3]++;
      tenths[(int) ((long) draw * 10 / bound)]++;
    }
    ChiSquare.assertFollows(remainders, evenRemainders);
    ChiSquare.assertFollows(tenths, evenTenths);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void boundBelowOneIsRefused(int bound) {
    assertThatThrownBy(() -> Rng.keyed(1, Stream.SPLIT, 0, 0).nextInt(bound))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1, but is " + bound);
  }

  @Test
  void fractionsAreUniformAndBelowOne() {
    Rng rng = Rng.keyed(13, Stream.SPLIT, 0, 0);
    long[] floats = new long[97];
    long[] doubles = new long[97];
    double[] even = new double[97];
    Arrays.fill(even, 1.0 / 97);
    for (int i = 0; i < 300_000; i++) {
      float f = rng.nextFloat();
      double d = rng.nextDouble();
      assertThat(f >= 0 && f < 1 && d >= 0 && d < 1).isTrue();
      floats[(int) (f * 97.0)]++;
      doubles[(int) (d * 97)]++;
    }
    ChiSquare.assertFollows(floats, even);
    ChiSquare.assertFollows(doubles, even);
  }

  @Test
  void gaussiansFollowTheNormalDistribution() {
    int n = 400_000;
    Rng rng = Rng.keyed(14, Stream.LATENT, 0, 0);
    long[] counts = new long[82]; // below -4, 80 cells of 0.1, above 4
    double[] moment = new double[5];
    double product = 0;
    double previous = rng.nextGaussian();
    for (int i = 0; i < n; i++) {
      double x = rng.nextGaussian();
      counts[(int) Math.min(81, Math.max(0, Math.floor((x + 4) * 10) + 1))]++;
      for (int k = 1; k <= 4; k++) {
        moment[k] += Math.pow(x, k) / n;
      }
      product += x * previous / n;
      previous = x;
    }
    double[] p = new double[82];
    double below = 0;
    for (int cell = 0; cell < 82; cell++) {
      double upTo = cell == 81 ? 1 : normalBelow(-4 + cell * 0.1);
      p[cell] = upTo - below;
      below = upTo;
    }
    ChiSquare.assertFollows(counts, p);
    double se = 1 / Math.sqrt(n);
    assertThat(Math.abs(moment[1])).isLessThan(4.9 * se);
    assertThat(Math.abs(moment[2] - 1)).isLessThan(4.9 * se * Math.sqrt(2));
    assertThat(Math.abs(moment[3])).isLessThan(4.9 * se * Math.sqrt(15));
    assertThat(Math.abs(moment[4] - 3)).isLessThan(4.9 * se * Math.sqrt(96));
    assertThat(Math.abs(product)).as("correlation of neighbours").isLessThan(4.9 * se);
  }

  /** The normal distribution function, by Simpson's rule from 0. */
  private static double normalBelow(double x) {
    int steps = 2000;
    double h = x / steps;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
      sum += weight * Math.exp(-0.5 * i * h * i * h);
    }
    return 0.5 + sum * h / 3 / Math.sqrt(2 * Math.PI);
  }

  @Test
  void everyOrderOfFourIsEquallyLikely() {
    long[] counts = new long[256];
    double[] p = new double[256];
    int[] values = new int[6];
    for (int i = 0; i < 240_000; i++) {
      for (int v = 0; v < 6; v++) {
        values[v] = v;
      }
      Rng.keyed(15, Stream.ORDER, i, 0).shuffle(values, 1, 5);
      assertThat(values[0] == 0 && values[5] == 5).as("ends stay").isTrue();
      counts[code(values)]++;
    }
    int orders = 0;
    for (int code = 0; code < 256; code++) {
      boolean order =
          (1 << code % 4 | 1 << code / 4 % 4 | 1 << code / 16 % 4 | 1 << code / 64) == 15;
      p[code] = order ? 1.0 / 24 : 0;
      orders += order ? 1 : 0;
    }
    assertThat(orders).isEqualTo(24);
    ChiSquare.assertFollows(counts, p);
  }

  private static int code(int[] values) {
    return values[1] - 1 + 4 * (values[2] - 1) + 16 * (values[3] - 1) + 64 * (values[4] - 1);
  }
}
