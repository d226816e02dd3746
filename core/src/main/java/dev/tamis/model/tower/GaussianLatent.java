package dev.tamis.model.tower;

import dev.tamis.kernels.Kernels;
import dev.tamis.math.ArrayLength;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Pass;

/**
 * A Gaussian code: the layer before gives mean and log-variance, training draws one or more {@code
 * z = mean + noise * exp(logVariance / 2)} (Kingma and Welling 2014), serving takes the mean. Its
 * part of the loss is the divergence from the standard normal, {@code KL = 1/2 sum(mean^2 +
 * variance - 1 - logVariance)}.
 */
final class GaussianLatent {
  private static final String MEND = "make batch-size, latent or samples smaller";

  private final int width;
  private final int samples; // codes of a row
  private final float[] deviation; // [max rows x width]
  private final float[] noise; // [max rows x samples x width]

  GaussianLatent(int width, int maxRows, int samples) {
    this.width = width;
    this.samples = samples;
    int numbers = ArrayLength.of("codes of a batch", maxRows, width, MEND);
    this.deviation = new float[numbers];
    this.noise = new float[ArrayLength.of("noise of a batch", numbers, samples, MEND)];
  }

  /**
   * Draws the codes of one row of {@code statistics} [rows x 2 width], which are the rows {@code
   * row * samples} and on of {@code z}, and returns the row's divergence.
   */
  double forward(Matrix statistics, Matrix z, int row, Pass pass, Rng rng) {
    rng.key(pass.seed(), Stream.LATENT, pass.step(), row);
    int mean = statistics.at(row);
    int logVariance = mean + width;
    int at = row * width;
    for (int i = 0; i < width; i++) {
      deviation[at + i] = statistics.data[logVariance + i] * 0.5f;
    }
    for (int i = at * samples; i < (at + width) * samples; i++) {
      noise[i] = (float) rng.nextGaussian();
    }
    Kernels.exp(deviation, at, deviation, at, width);
    double divergence = 0;
    for (int i = 0; i < width; i++) {
      double mu = statistics.data[mean + i];
      double sigma = deviation[at + i];
      divergence += mu * mu + sigma * sigma - 1 - statistics.data[logVariance + i];
    }
    for (int s = 0; s < samples; s++) {
      int code = z.at(row * samples + s);
      for (int i = 0; i < width; i++) {
        z.data[code + i] = Math.fma(noise[code + i], deviation[at + i], statistics.data[mean + i]);
      }
    }
    return divergence / 2;
  }

  /**
   * From the gradients of a row's codes to that of the statistics, with the divergence weighted by
   * {@code weight}.
   */
  void backward(Matrix statistics, Matrix dz, int row, float weight, Matrix dStatistics) {
    int mean = statistics.at(row);
    int at = row * width;
    for (int i = 0; i < width; i++) {
      float sigma = deviation[at + i];
      float byMean = 0;
      float byDeviation = 0;
      for (int s = 0; s < samples; s++) {
        int code = dz.at(row * samples + s) + i;
        byMean += dz.data[code];
        byDeviation += dz.data[code] * noise[code] * sigma;
      }
      dStatistics.data[mean + i] = Math.fma(weight, statistics.data[mean + i], byMean);
      dStatistics.data[mean + width + i] = 0.5f * (byDeviation + weight * (sigma * sigma - 1));
    }
  }
}
