package dev.tamis.model.tower;

import dev.tamis.kernels.Kernels;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Pass;

/**
 * A Gaussian code: the layer before gives mean and log-variance, training draws {@code z = mean +
 * noise * exp(logVariance / 2)} (Kingma and Welling 2014), serving takes the mean. Its part of the
 * loss is the divergence from the standard normal, {@code KL = 1/2 sum(mean^2 + variance - 1 -
 * logVariance)}.
 */
final class GaussianLatent {
  private final int width;
  private final float[] deviation; // [max rows x width]
  private final float[] noise; // [max rows x width]

  GaussianLatent(int width, int maxRows) {
    this.width = width;
    this.deviation = new float[Math.multiplyExact(maxRows, width)];
    this.noise = new float[deviation.length];
  }

  /**
   * Draws {@code z} for one row of {@code statistics} [rows x 2 width] and returns the row's
   * divergence.
   */
  double forward(Matrix statistics, Matrix z, int row, Pass pass, Rng rng) {
    rng.key(pass.seed(), Stream.LATENT, pass.step(), row);
    int mean = statistics.at(row);
    int logVariance = mean + width;
    int at = row * width;
    for (int i = 0; i < width; i++) {
      deviation[at + i] = statistics.data[logVariance + i] * 0.5f;
      noise[at + i] = (float) rng.nextGaussian();
    }
    Kernels.exp(deviation, at, deviation, at, width);
    double divergence = 0;
    for (int i = 0; i < width; i++) {
      double mu = statistics.data[mean + i];
      double sigma = deviation[at + i];
      divergence += mu * mu + sigma * sigma - 1 - statistics.data[logVariance + i];
      z.data[z.at(row) + i] = Math.fma(noise[at + i], deviation[at + i], statistics.data[mean + i]);
    }
    return divergence / 2;
  }

  /**
   * From the gradient of {@code z} to that of the statistics, with the divergence weighted by
   * {@code weight}.
   */
  void backward(Matrix statistics, Matrix dz, int row, float weight, Matrix dStatistics) {
    int mean = statistics.at(row);
    int at = row * width;
    for (int i = 0; i < width; i++) {
      float g = dz.data[dz.at(row) + i];
      float sigma = deviation[at + i];
      dStatistics.data[mean + i] = Math.fma(weight, statistics.data[mean + i], g);
      dStatistics.data[mean + width + i] =
          0.5f * (g * noise[at + i] * sigma + weight * (sigma * sigma - 1));
    }
  }
}
