package dev.tamis.model.score;

import dev.tamis.math.Matrix;
import dev.tamis.model.Candidates;
import dev.tamis.model.ItemTable;
import dev.tamis.model.SparseGradient;
import dev.tamis.model.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * Another score plus a number that is the same for all pairs. It says nothing about which item is
 * better, so only losses that look at scores one by one need it: it is the bias of a logistic
 * model.
 */
public final class BiasedScore implements ScoreFunction {
  private final ScoreFunction score;
  private final Table bias; // [1 x 1]

  public BiasedScore(ScoreFunction score, Table bias) {
    if (bias.values().length != 1) {
      throw new IllegalArgumentException(
          "a bias of all scores is one number, not " + bias.values().length);
    }
    this.score = score;
    this.bias = bias;
  }

  @Override
  public ItemTable items() {
    return score.items();
  }

  /** Those of the other score, then the bias. */
  @Override
  public List<Table> parameters() {
    List<Table> all = new ArrayList<>(score.parameters());
    all.add(bias);
    return List.copyOf(all);
  }

  @Override
  public boolean scalesQueries() {
    return score.scalesQueries();
  }

  @Override
  public boolean towardsQueries() {
    return score.towardsQueries();
  }

  @Override
  public Scoring newScoring(int maxRows, int width) {
    int biasAt = 0;
    for (Table table : score.parameters()) {
      biasAt += table.values().length;
    }
    return new Biased(score.newScoring(maxRows, width), bias.values(), biasAt);
  }

  /**
   * @param bias [1]
   * @param biasAt where its gradient stands among those of the parameters
   */
  private record Biased(Scoring scoring, float[] bias, int biasAt) implements Scoring {
    @Override
    public void score(Matrix q, Candidates c, int from, int to) {
      scoring.score(q, c, from, to);
      for (int p = c.posStart[from]; p < c.posStart[to]; p++) {
        c.posScore[p] += bias[0];
      }
      for (int e = c.at(from); e < c.at(to); e++) {
        c.score[e] += bias[0];
      }
    }

    @Override
    public void backward(
        Matrix q,
        Candidates c,
        int from,
        int to,
        Matrix dq,
        SparseGradient out,
        float[] dense,
        int denseAt) {
      int at = denseAt + biasAt;
      for (int r = from; r < to; r++) {
        for (int p = c.posStart[r]; p < c.posStart[r + 1]; p++) {
          dense[at] += c.posScore[p];
        }
        for (int e = c.at(r); e < c.at(r + 1); e++) {
          dense[at] += c.score[e];
        }
      }
      scoring.backward(q, c, from, to, dq, out, dense, denseAt);
    }
  }
}
