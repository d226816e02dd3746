package dev.tamis.eval.samplers;

import dev.tamis.data.Interactions;
import dev.tamis.math.Rng;
import dev.tamis.model.PairModel;
import dev.tamis.sample.Proposal;
import java.util.Arrays;
import java.util.List;

/** Measures a proposal for one user after another. Scratch of one thread. */
final class UserProbe {
  /** The way of drawing in which draws are counted; the sizes of gradients come after it. */
  private static final int COUNTED = 0;

  private final CumulativeCurve curve;
  private final ProbeOptions options;
  private final Catalogue catalogue;
  private final GradientBias[] gradients; // by size
  private final int[] counts; // [items]
  private final float[] logLaw; // [items]
  private final Rng rng = new Rng();

  UserProbe(Interactions train, PairModel model, CumulativeCurve curve, ProbeOptions options) {
    this.curve = curve;
    this.options = options;
    this.catalogue = new Catalogue(train, model);
    this.gradients = new GradientBias[options.sizes().size()];
    for (int s = 0; s < gradients.length; s++) {
      gradients[s] = new GradientBias(model, options.sizes().get(s));
    }
    this.counts = new int[train.itemCount()];
    this.logLaw = new float[train.itemCount()];
  }

  /** [points] the cumulative curve of a user's softmax. */
  double[] softmax(int user, int positive, float[] query, boolean withPositives) {
    catalogue.load(user, positive, query);
    double[] p = catalogue.logSoftmax(withPositives).clone();
    Arrays.setAll(p, i -> StrictMath.exp(p[i]));
    return curve.of(p);
  }

  /** Measures a proposal for the user of a row, and notes it as that of user {@code i}. */
  void measure(Proposal proposal, DrawBlock block, int row, int i, UserFindings found) {
    float[] query = block.query(row);
    int user = block.user(row);
    catalogue.load(user, block.positive(row), query);
    double[] logP = catalogue.logSoftmax(proposal.drawsPositives());
    double[] law = proposal.probabilities(user, query);
    found.divergence[i] = Divergence.of(law, logP);
    found.surplus[i] = Divergence.surplus(law, 1);
    found.trials[i] = proposal.trials(user, query);
    found.law[i] = curve.of(law);
    count(block, row, i, logP, found);
    found.drawn[i] = curve.of(counts, options.mostDraws());
    if (!UserFindings.ofPools(proposal)) {
      estimate(block, row, i, query, law, found);
    }
  }

  /** Draws, and notes the divergence of what is drawn after each number of draws. */
  private void count(DrawBlock block, int row, int i, double[] logP, UserFindings found) {
    Arrays.fill(counts, 0);
    int[] ids = block.ids(COUNTED);
    int width = block.width(COUNTED);
    int from = block.at(COUNTED, row);
    int done = 0;
    long time = 0;
    int next = from + width; // as if all of the last time were taken
    for (int n = 0; n < options.draws().size(); n++) {
      int until = options.draws().get(n);
      while (done < until) {
        if (next == from + width) {
          block.draw(COUNTED, row, time++, rng);
          next = from;
        }
        counts[ids[next++]]++;
        done++;
      }
      found.drawnDivergence[n][i] = Divergence.of(counts, done, logP);
    }
  }

  private void estimate(
      DrawBlock block, int row, int i, float[] query, double[] law, UserFindings found) {
    for (int item = 0; item < law.length; item++) {
      logLaw[item] = (float) StrictMath.log(law[item]);
    }
    float[] exact = catalogue.exactGradient();
    for (int s = 0; s < gradients.length; s++) {
      GradientBias gradient = gradients[s];
      int way = 1 + s;
      gradient.begin(query, block.positive(row), exact);
      for (int replicate = 0; replicate < options.replicates(); replicate++) {
        block.draw(way, row, replicate, rng);
        gradient.add(block.ids(way), block.at(way, row), logLaw);
      }
      found.gradientLength[s][i] = gradient.squaredLength();
      found.gradientError[s][i] = gradient.squaredError();
      found.gradientVariance[s][i] = gradient.variance();
    }
  }

  /** How many items are drawn at a time in each way of drawing. */
  static int[] widths(ProbeOptions options) {
    List<Integer> sizes = options.sizes();
    int[] widths = new int[1 + sizes.size()];
    widths[COUNTED] = Math.min(options.mostDraws(), 1000);
    for (int s = 0; s < sizes.size(); s++) {
      widths[1 + s] = sizes.get(s);
    }
    return widths;
  }
}
