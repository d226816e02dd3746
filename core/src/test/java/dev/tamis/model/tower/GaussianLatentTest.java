package dev.tamis.model.tower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.model.Pass;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GaussianLatentTest {
  private static final Pass PASS = new Pass(3, 0, 8);

  /** The divergence of codes with these means and log-variances. */
  private static double divergence(float[] means, float[] logVariances) {
    int width = means.length;
    Matrix statistics = new Matrix(1, 2 * width);
    System.arraycopy(means, 0, statistics.data, 0, width);
    System.arraycopy(logVariances, 0, statistics.data, width, width);
    return new GaussianLatent(width, 1, 1)
        .forward(statistics, new Matrix(1, width), 0, PASS, new Rng());
  }

  @Test
  void divergenceIsZeroForTheStandardNormalAlone() {
    assertThat(divergence(new float[3], new float[3])).isZero();
    for (float x : new float[] {-3, -0.1f, 0.1f, 3}) {
      assertThat(divergence(new float[] {x}, new float[1])).isGreaterThan(1e-3);
      assertThat(divergence(new float[1], new float[] {x})).isGreaterThan(1e-3);
    }
  }

  @Test
  void divergenceIsTheIntegralThatDefinesIt() {
    for (float mean : new float[] {-1.5f, 0, 0.25f, 2}) {
      for (float logVariance : new float[] {-2, -0.5f, 0, 1.25f}) {
        double deviation = Math.exp(logVariance / 2.0);
        double sum = 0;
        double h = 0.001;
        for (double x = -12; x <= 12; x += h) {
          // In units of the code's deviation: q ln(q / p), rectangles are exact to 1e-12 here.
          double code = mean + deviation * x;
          double q = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
          sum += h * q * (-x * x / 2 - logVariance / 2.0 + code * code / 2);
        }
        assertThat(divergence(new float[] {mean}, new float[] {logVariance}))
            .isCloseTo(sum, within(1e-6 * Math.max(1, sum)));
      }
    }
  }

  @Test
  void divergenceAddsUpOverDimensions() {
    float[] means = {0.5f, -1, 2};
    float[] logVariances = {0.1f, -0.7f, 1};
    double sum = 0;
    for (int k = 0; k < 3; k++) {
      sum += divergence(new float[] {means[k]}, new float[] {logVariances[k]});
    }
    assertThat(divergence(means, logVariances)).isCloseTo(sum, within(1e-6));
  }

  /** The codes of a row are drawn apart, the first of them as if it were alone. */
  @Test
  void moreCodesOfARowAreOthers() {
    Matrix statistics = new Matrix(2, 4);
    Matrix one = new Matrix(2, 2);
    Matrix three = new Matrix(6, 2);
    for (int row = 0; row < 2; row++) {
      new GaussianLatent(2, 2, 1).forward(statistics, one, row, PASS, new Rng());
      new GaussianLatent(2, 2, 3).forward(statistics, three, row, PASS, new Rng());
      assertThat(three.data[three.at(3 * row)]).isEqualTo(one.data[one.at(row)]);
      assertThat(three.data[three.at(3 * row) + 1]).isEqualTo(one.data[one.at(row) + 1]);
    }
    float[] all = three.data.clone();
    Arrays.sort(all);
    for (int i = 1; i < all.length; i++) {
      assertThat(all[i]).isNotEqualTo(all[i - 1]);
    }
  }

  @Test
  void codesHaveTheMeanAndDeviationOfTheirStatistics() {
    int n = 40_000;
    GaussianLatent latent = new GaussianLatent(1, 1, 1);
    Matrix statistics = new Matrix(1, 2);
    statistics.data[0] = 1.5f;
    statistics.data[1] = (float) Math.log(4);
    Matrix z = new Matrix(1, 1);
    Rng rng = new Rng();
    double sum = 0;
    double squares = 0;
    for (int step = 0; step < n; step++) {
      latent.forward(statistics, z, 0, new Pass(1, 0, step), rng);
      double off = z.data[0] - 1.5;
      sum += off;
      squares += off * off;
    }
    assertThat(Math.abs(sum / n)).isLessThan(4.9 * 2 / Math.sqrt(n));
    assertThat(Math.abs(squares / n - 4)).isLessThan(4.9 * 4 * Math.sqrt(2.0 / n));
  }
}
