package dev.tamis.eval.samplers;

import dev.tamis.data.Interactions;
import dev.tamis.kernels.Kernels;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Pass;
import dev.tamis.model.Table;
import dev.tamis.sample.Proposal;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Draws by the softmax of a model at a temperature: 1 is the law that others are measured by. */
final class TemperedSoftmax implements Proposal {
  private final Interactions train;
  private final Table items;
  private final double temperature;
  private final boolean drawsPositives;
  private final Map<Integer, double[]> known = new ConcurrentHashMap<>(); // by user

  TemperedSoftmax(Interactions train, Table items, double temperature, boolean drawsPositives) {
    this.train = train;
    this.items = items;
    this.temperature = temperature;
    this.drawsPositives = drawsPositives;
  }

  @Override
  public Candidates.Layout layout() {
    return Candidates.Layout.PER_ROW;
  }

  @Override
  public boolean drawsPositives() {
    return drawsPositives;
  }

  @Override
  public void propose(Batch batch, int from, int to, Matrix q, Candidates out, Pass pass, Rng rng) {
    for (int r = from; r < to; r++) {
      float[] query = Arrays.copyOfRange(q.data, q.at(r), q.at(r + 1));
      double[] p = known.computeIfAbsent(batch.users[r], user -> probabilities(user, query));
      rng.key(pass.seed(), Stream.NEGATIVES, pass.step(), r);
      for (int e = out.at(r); e < out.at(r + 1); e++) {
        double mark = rng.nextDouble();
        int item = 0;
        while (mark >= p[item] && item < p.length - 1) {
          mark -= p[item++];
        }
        out.ids[e] = item;
        out.logQ[e] = (float) Math.log(p[item]);
      }
    }
  }

  @Override
  public double[] probabilities(int user, float[] query) {
    double[] p = new double[items.rows()];
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      double score = Kernels.dot(query, 0, items.values(), items.at(i), items.width());
      p[i] = !drawsPositives && train.contains(user, i) ? 0 : Math.exp(score / temperature);
      sum += p[i];
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
    }
    return p;
  }
}
