package dev.tamis.train;

import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Batch;
import dev.tamis.model.Pass;
import dev.tamis.model.tower.TowerShape;
import java.util.ArrayList;
import java.util.List;

/**
 * The loss of an autoencoder of histories in double precision, as the paper writes it: mean over
 * the rows of the negative multinomial log-likelihood and the weighted divergence, plus lambda
 * times the sum of squared weights. What is dropped and the noise come from the keys that training
 * uses.
 */
final class AutoencoderOracle {
  private final TowerShape shape;
  private final double dropout;
  private final double klWeight;
  private final double weightDecay;
  private final List<Integer> widths = new ArrayList<>(); // outputs of each layer of the tower

  AutoencoderOracle(TowerShape shape, double dropout, double klWeight, double weightDecay) {
    this.shape = shape;
    this.dropout = dropout;
    this.klWeight = klWeight;
    this.weightDecay = weightDecay;
    widths.addAll(shape.encoder());
    if (shape.latent() > 0) {
      widths.add(2 * shape.latent());
    }
    widths.addAll(shape.decoder());
  }

  /**
   * @param tables weights and bias of each layer of the tower, items, item bias
   */
  double loss(double[][] tables, Batch batch, Pass pass) {
    double loss = 0;
    for (int row = 0; row < batch.rows; row++) {
      loss += rowLoss(tables, batch, row, pass) / batch.rows;
    }
    for (int t = 0; t < tables.length; t += 2) {
      for (double w : tables[t]) {
        loss += weightDecay * w * w;
      }
    }
    return loss;
  }

  private double rowLoss(double[][] tables, Batch batch, int row, Pass pass) {
    double[] x = new double[shape.items()];
    int from = batch.posStart[row];
    int to = batch.posStart[row + 1];
    Rng rng = Rng.keyed(pass.seed(), Stream.DROPOUT, pass.step(), row);
    for (int p = from; p < to; p++) {
      if (dropout == 0 || rng.nextFloat() >= dropout) {
        x[batch.posIds[p]] = 1 / Math.sqrt(to - from) / (1 - dropout);
      }
    }
    double divergence = 0;
    for (int l = 0; l < widths.size(); l++) {
      x = layer(x, tables[2 * l], tables[2 * l + 1]);
      if (shape.latent() > 0 && l == shape.encoder().size()) {
        double[] z = new double[shape.latent()];
        Rng noise = Rng.keyed(pass.seed(), Stream.LATENT, pass.step(), row);
        for (int k = 0; k < z.length; k++) {
          double mean = x[k];
          double logVariance = x[z.length + k];
          z[k] = mean + noise.nextGaussian() * Math.exp(logVariance / 2);
          divergence += (mean * mean + Math.exp(logVariance) - 1 - logVariance) / 2;
        }
        x = z;
      } else {
        for (int k = 0; k < x.length; k++) {
          x[k] = Math.tanh(x[k]);
        }
      }
    }
    return klWeight * divergence + likelihood(x, tables, batch, from, to);
  }

  private double likelihood(double[] q, double[][] tables, Batch batch, int from, int to) {
    double[] items = tables[tables.length - 2];
    double[] scores = tables[tables.length - 1].clone();
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      for (int k = 0; k < q.length; k++) {
        scores[i] += q[k] * items[i * q.length + k];
      }
      sum += Math.exp(scores[i]);
    }
    double loss = 0;
    for (int p = from; p < to; p++) {
      loss += Math.log(sum) - scores[batch.posIds[p]];
    }
    return loss;
  }

  private static double[] layer(double[] x, double[] weights, double[] bias) {
    double[] out = bias.clone();
    for (int i = 0; i < x.length; i++) {
      for (int k = 0; k < out.length; k++) {
        out[k] += x[i] * weights[i * out.length + k];
      }
    }
    return out;
  }
}
