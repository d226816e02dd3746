package dev.tamis.train;

import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Batch;
import dev.tamis.model.Pass;
import dev.tamis.model.tower.Activation;
import dev.tamis.model.tower.Dropout;
import dev.tamis.model.tower.TowerShape;
import java.util.ArrayList;
import java.util.List;

/**
 * The loss of an autoencoder of histories in double precision, as the paper writes it: mean over
 * the rows of the negative multinomial log-likelihood (the mean over the codes drawn) and the
 * weighted divergence, plus lambda times the sum of squared weights. What is dropped and the noise
 * come from the keys that training uses.
 */
final class AutoencoderOracle {
  private final TowerShape shape;
  private final Dropout dropout;
  private final Likelihood likelihood;
  private final double klWeight;
  private final double weightDecay;
  private final int samples;
  private final List<Integer> widths = new ArrayList<>(); // outputs of each layer of the tower

  /** The loss of a row of a batch. */
  interface Likelihood {
    /**
     * @param scores [items] of a row
     */
    double loss(double[] scores, Batch batch, int row);
  }

  /** With dropout of the history, and a multinomial likelihood. */
  AutoencoderOracle(
      TowerShape shape, double dropout, double klWeight, double weightDecay, int samples) {
    this(
        shape,
        new Dropout(dropout, 0),
        AutoencoderOracle::multinomial,
        klWeight,
        weightDecay,
        samples);
  }

  AutoencoderOracle(
      TowerShape shape,
      Dropout dropout,
      Likelihood likelihood,
      double klWeight,
      double weightDecay,
      int samples) {
    this.samples = samples;
    this.shape = shape;
    this.dropout = dropout;
    this.likelihood = likelihood;
    this.klWeight = klWeight;
    this.weightDecay = weightDecay;
    widths.addAll(shape.encoder());
    if (shape.latent() > 0) {
      widths.add(2 * shape.latent());
    }
    widths.addAll(shape.decoder());
  }

  /**
   * @param tables weights and bias of each layer of the tower, users' nodes if there are any,
   *     items, item bias
   */
  double loss(double[][] tables, Batch batch, Pass pass) {
    double loss = 0;
    for (int row = 0; row < batch.rows; row++) {
      loss += rowLoss(tables, batch, row, pass) / batch.rows;
    }
    for (int t = 0; t < tables.length - 1; t++) {
      boolean bias = t < 2 * widths.size() && t % 2 == 1;
      for (double w : tables[t]) {
        loss += bias ? 0 : weightDecay * w * w;
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
      if (dropout.ofHistory() == 0 || rng.nextFloat() >= dropout.ofHistory()) {
        double share = shape.scaled() ? 1 / Math.sqrt(to - from) : 1;
        x[batch.posIds[p]] = share / (1 - dropout.ofHistory());
      }
    }
    int codeAt = shape.latent() > 0 ? shape.encoder().size() : widths.size();
    for (int l = 0; l < Math.min(codeAt + 1, widths.size()); l++) {
      x = layer(x, tables[2 * l], tables[2 * l + 1]);
      for (int k = 0; l == 0 && shape.users() > 0 && k < x.length; k++) {
        x[k] += tables[2 * widths.size()][batch.users[row] * x.length + k];
      }
      if (l != codeAt) {
        activate(activation(l), x);
      }
      for (int k = 0; l == 0 && dropout.ofVector() > 0 && k < x.length; k++) {
        x[k] *= rng.nextFloat() >= dropout.ofVector() ? 1 / (1 - dropout.ofVector()) : 0;
      }
    }
    if (codeAt == widths.size()) {
      return likelihood.loss(scores(x, tables), batch, row);
    }
    double divergence = 0;
    for (int k = 0; k < shape.latent(); k++) {
      double logVariance = x[shape.latent() + k];
      divergence += (x[k] * x[k] + Math.exp(logVariance) - 1 - logVariance) / 2;
    }
    double loss = klWeight * divergence;
    Rng noise = Rng.keyed(pass.seed(), Stream.LATENT, pass.step(), row);
    for (int s = 0; s < samples; s++) {
      double[] z = new double[shape.latent()];
      for (int k = 0; k < z.length; k++) {
        z[k] = x[k] + noise.nextGaussian() * Math.exp(x[z.length + k] / 2);
      }
      for (int l = codeAt + 1; l < widths.size(); l++) {
        z = layer(z, tables[2 * l], tables[2 * l + 1]);
        activate(activation(l), z);
      }
      loss += likelihood.loss(scores(z, tables), batch, row) / samples;
    }
    return loss;
  }

  private Activation activation(int layer) {
    boolean last = layer == widths.size() - 1 && !shape.decoder().isEmpty();
    return last ? shape.queryActivation() : shape.activation();
  }

  private static void activate(Activation activation, double[] x) {
    for (int k = 0; k < x.length; k++) {
      x[k] =
          switch (activation) {
            case NONE -> x[k];
            case TANH -> Math.tanh(x[k]);
            case RELU -> Math.max(x[k], 0);
          };
    }
  }

  private static double[] scores(double[] q, double[][] tables) {
    double[] items = tables[tables.length - 2];
    double[] scores = tables[tables.length - 1].clone();
    for (int i = 0; i < scores.length; i++) {
      for (int k = 0; k < q.length; k++) {
        scores[i] += q[k] * items[i * q.length + k];
      }
    }
    return scores;
  }

  private static double multinomial(double[] scores, Batch batch, int row) {
    double sum = 0;
    for (double score : scores) {
      sum += Math.exp(score);
    }
    double loss = 0;
    for (int p = batch.posStart[row]; p < batch.posStart[row + 1]; p++) {
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
