package dev.tamis.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.config.TamisException;
import dev.tamis.kernels.Workers;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.solve.LeastSquares.Solver;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LeastSquaresTest {
  private static final ImplicitLoss PLAIN = new ImplicitLoss(7, 0.3, 0);
  private static final ImplicitLoss SCALED = new ImplicitLoss(7, 0.02, 0.7);

  /** Rows of up to half of the columns, with counts as values; the third row has nothing. */
  private static SparseRows rows(int rows, int columns, boolean counts) {
    int[] start = new int[rows + 1];
    int[] all = new int[rows * columns];
    float[] values = new float[all.length];
    for (int r = 0; r < rows; r++) {
      Rng rng = Rng.keyed(3, Stream.DEMO, 0, r);
      start[r + 1] = start[r];
      for (int c = 0; c < columns; c++) {
        if (r != 2 && rng.nextInt(4) == 0) {
          values[start[r + 1]] = 1 + rng.nextInt(5);
          all[start[r + 1]++] = c;
        }
      }
    }
    int n = start[rows];
    return new SparseRows(
        start, Arrays.copyOf(all, n), counts ? Arrays.copyOf(values, n) : null, columns);
  }

  private static float[] vectors(int rows, int width, long seed) {
    Rng rng = Rng.keyed(seed, Stream.DEMO, 1, 0);
    float[] vectors = new float[rows * width];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = (float) rng.nextGaussian() / 2;
    }
    return vectors;
  }

  /** The loss as it is written down, pair by pair. */
  private static double loss(
      SparseRows rows, ImplicitLoss loss, int width, float[] x, float[] y, boolean otherSide) {
    double total = 0;
    for (int r = 0; r < rows.rowCount(); r++) {
      double confidences = 0;
      int e = rows.start()[r];
      for (int c = 0; c < rows.columnCount(); c++) {
        boolean there = e < rows.start()[r + 1] && rows.columns()[e] == c;
        double confidence = there ? 1 + loss.alpha() * rows.value(e++) : 1;
        double score = 0;
        for (int i = 0; i < width; i++) {
          score += (double) x[r * width + i] * y[c * width + i];
        }
        total += confidence * Math.pow((there ? 1 : 0) - score, 2);
        confidences += confidence - (there ? 1 : 0);
      }
      confidences += rows.degree(r); // a pair counts as 1 and as what comes on top
      for (int i = r * width; i < (r + 1) * width; i++) {
        total += loss.lambda() * Math.pow(confidences, loss.exponent()) * x[i] * x[i];
      }
    }
    return otherSide
        ? total + loss(rows.transposed(), loss, width, y, x, false) - fit(rows, loss, width, x, y)
        : total;
  }

  /** The part of the loss that both sides count. */
  private static double fit(SparseRows rows, ImplicitLoss loss, int width, float[] x, float[] y) {
    return loss(rows, new ImplicitLoss(loss.alpha(), 0, 0), width, x, y, false);
  }

  /** The normal equations of a row, solved in double by elimination with pivots. */
  private static double[] solution(
      SparseRows rows, int r, ImplicitLoss loss, int width, float[] y) {
    double[][] a = new double[width][width + 1];
    double confidences = rows.columnCount();
    int e = rows.start()[r];
    for (int c = 0; c < rows.columnCount(); c++) {
      boolean there = e < rows.start()[r + 1] && rows.columns()[e] == c;
      double extra = there ? loss.alpha() * rows.value(e++) : 0;
      confidences += extra;
      for (int i = 0; i < width; i++) {
        for (int j = 0; j < width; j++) {
          a[i][j] += (1 + extra) * y[c * width + i] * y[c * width + j];
        }
        a[i][width] += there ? (1 + extra) * y[c * width + i] : 0;
      }
    }
    for (int i = 0; i < width; i++) {
      a[i][i] += loss.lambda() * Math.pow(confidences, loss.exponent());
    }
    for (int p = 0; p < width; p++) {
      int best = p;
      for (int i = p; i < width; i++) {
        best = Math.abs(a[i][p]) > Math.abs(a[best][p]) ? i : best;
      }
      double[] swap = a[p];
      a[p] = a[best];
      a[best] = swap;
      for (int i = 0; i < width; i++) {
        double factor = i == p ? 0 : a[i][p] / a[p][p];
        for (int j = p; j <= width; j++) {
          a[i][j] -= factor * a[p][j];
        }
      }
    }
    double[] x = new double[width];
    for (int i = 0; i < width; i++) {
      x[i] = a[i][width] / a[i][i];
    }
    return x;
  }

  @Test
  void exactSolutionIsThatOfTheNormalEquations() {
    for (ImplicitLoss loss : new ImplicitLoss[] {PLAIN, SCALED}) {
      for (boolean counts : new boolean[] {false, true}) {
        SparseRows rows = rows(20, 15, counts);
        float[] y = vectors(15, 6, 1);
        float[] x = new float[20 * 6];
        try (Workers workers = new Workers(2)) {
          new LeastSquares(rows, loss, Solver.CHOLESKY, 1, 6, workers).solve(x, y);
        }
        for (int r = 0; r < 20; r++) {
          double[] expected = solution(rows, r, loss, 6, y);
          for (int i = 0; i < 6; i++) {
            assertThat((double) x[r * 6 + i]).isCloseTo(expected[i], within(2e-6));
          }
        }
      }
    }
  }

  /** Rows longer than are gathered at a time, and more columns than are summed in float. */
  @Test
  void longRowsAreSolvedExactly() {
    SparseRows rows = rows(4, 5000, true);
    float[] y = vectors(5000, 9, 1);
    float[] x = new float[4 * 9];
    try (Workers workers = new Workers(1)) {
      new LeastSquares(rows, SCALED, Solver.CHOLESKY, 1, 9, workers).solve(x, y);
    }
    for (int r = 0; r < 4; r++) {
      double[] expected = solution(rows, r, SCALED, 9, y);
      for (int i = 0; i < 9; i++) {
        assertThat((double) x[r * 9 + i]).isCloseTo(expected[i], within(2e-6));
      }
    }
  }

  @Test
  void asManyStepsAsNumbersEndAtTheExactSolution() {
    ImplicitLoss well = new ImplicitLoss(2, 30, 0); // conditioned, for floats
    SparseRows rows = rows(90, 70, true);
    float[] y = vectors(70, 8, 2);
    float[] exact = new float[90 * 8];
    float[] stepped = vectors(90, 8, 3);
    try (Workers workers = new Workers(2)) {
      new LeastSquares(rows, well, Solver.CHOLESKY, 1, 8, workers).solve(exact, y);
      new LeastSquares(rows, well, Solver.CONJUGATE_GRADIENT, 8, 8, workers).solve(stepped, y);
    }
    for (int i = 0; i < exact.length; i++) {
      assertThat(stepped[i]).isCloseTo(exact[i], within(2e-6f));
    }
  }

  /** Steps on what rounding has left of a residual grew until they were no numbers. */
  @Test
  void stepsBeyondConvergenceChangeNothing() {
    SparseRows rows = rows(90, 70, true);
    SparseRows columns = rows.transposed();
    for (int width : new int[] {4, 32}) {
      for (double lambda : new double[] {0.01, 100}) {
        ImplicitLoss loss = new ImplicitLoss(40, lambda, 0);
        float[] x = vectors(90, width, 2);
        float[] y = vectors(70, width, 3);
        try (Workers workers = new Workers(2)) {
          LeastSquares ofRows =
              new LeastSquares(rows, loss, Solver.CONJUGATE_GRADIENT, 1000, width, workers);
          LeastSquares ofColumns =
              new LeastSquares(columns, loss, Solver.CONJUGATE_GRADIENT, 1000, width, workers);
          double before = Double.MAX_VALUE;
          for (int epoch = 0; epoch < 8; epoch++) {
            ofRows.solve(x, y);
            ofColumns.solve(y, x);
            double now = loss(rows, loss, width, x, y, true);
            assertThat(now).isFinite().isLessThanOrEqualTo(before * (1 + 1e-6));
            before = now;
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Solver.class)
  void lossIsWhatItIsSaidToBeAndNeverRises(Solver solver) {
    for (ImplicitLoss loss : new ImplicitLoss[] {PLAIN, SCALED}) {
      SparseRows rows = rows(80, 50, true);
      SparseRows columns = rows.transposed();
      float[] x = vectors(80, 5, 4);
      float[] y = vectors(50, 5, 5);
      try (Workers workers = new Workers(2)) {
        LeastSquares ofRows = new LeastSquares(rows, loss, solver, 2, 5, workers);
        LeastSquares ofColumns = new LeastSquares(columns, loss, solver, 2, 5, workers);
        double before = loss(rows, loss, 5, x, y, true);
        for (int epoch = 0; epoch < 6; epoch++) {
          double said = ofRows.solve(x, y) + ofColumns.penalty(y);
          double half = loss(rows, loss, 5, x, y, true);
          assertThat(said).isCloseTo(half, within(1e-5 * half));
          assertThat(half).isLessThanOrEqualTo(before * (1 + 1e-7));
          said = ofColumns.solve(y, x) + ofRows.penalty(x);
          before = loss(rows, loss, 5, x, y, true);
          assertThat(said).isCloseTo(before, within(1e-5 * before));
          assertThat(before).isLessThanOrEqualTo(half * (1 + 1e-7));
        }
      }
    }
  }

  /** The same bits on any number of threads, and with scalar kernels as with vectors. */
  @ParameterizedTest
  @EnumSource(Solver.class)
  void bitsDependOnNothingElse(Solver solver) {
    SparseRows rows = rows(300, 210, true);
    float[] y = vectors(210, 33, 6);
    for (int threads : new int[] {1, 2, 4, 8}) {
      float[] x = vectors(300, 33, 7);
      double loss;
      try (Workers workers = new Workers(threads)) {
        loss = new LeastSquares(rows, SCALED, solver, 3, 33, workers).solve(x, y);
      }
      CRC32C crc = new CRC32C();
      for (float value : x) {
        int bits = Float.floatToRawIntBits(value);
        crc.update(new byte[] {(byte) bits, (byte) (bits >> 8), (byte) (bits >> 16)});
        crc.update(bits >> 24);
      }
      String found = Long.toHexString(crc.getValue()) + " " + Double.toHexString(loss);
      assertThat(found)
          .isEqualTo(
              solver == Solver.CHOLESKY
                  ? "96175588 0x1.440a2a8d99d62p17"
                  : "e357a6ad 0x1.7c5c172073226p17");
    }
  }

  @Test
  void withoutOneSolutionItSaysSo() {
    SparseRows rows = rows(5, 6, false);
    ImplicitLoss free = new ImplicitLoss(1, 0, 0);
    float[] y = new float[6 * 3]; // nothing to solve against
    try (Workers workers = new Workers(1)) {
      LeastSquares least = new LeastSquares(rows, free, Solver.CHOLESKY, 1, 3, workers);
      assertThatThrownBy(() -> least.solve(new float[5 * 3], y))
          .isInstanceOf(TamisException.class)
          .hasMessageContaining("set a larger lambda, or a smaller dim");
    }
  }
}
