package dev.tamis.sample;

import dev.tamis.kernels.Workers;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.ItemTable;
import dev.tamis.model.PairModel;
import dev.tamis.model.Table;
import dev.tamis.model.score.DotScore;
import dev.tamis.model.tower.UserRows;
import java.util.Optional;

/** Models whose users all have the same scores, so that each pool is one more draw from one law. */
final class PoolSettings {
  private PoolSettings() {}

  /**
   * A model of users with a query of (1) and items with these vectors: scores are what is given.
   */
  static PairModel model(int users, float... scores) {
    Table queries = new Table("users", users, 1);
    java.util.Arrays.fill(queries.values(), 1);
    ItemTable items = new ItemTable(new Table("items", scores.length, 1, scores), Optional.empty());
    return new PairModel(new UserRows(queries), new DotScore(items));
  }

  /** Scores of a standard deviation of 1. */
  static float[] scores(int items, long seed) {
    Rng rng = Rng.keyed(seed, Stream.DEMO, 0, 0);
    float[] scores = new float[items];
    for (int i = 0; i < items; i++) {
      scores[i] = (float) rng.nextGaussian();
    }
    return scores;
  }

  static void refresh(Proposal proposal, PairModel model, int epoch, int threads) {
    try (Workers workers = new Workers(threads)) {
      proposal.refresh(model, 11, epoch, workers);
    }
  }

  /** [users x size] the slots of all pools of one that keeps them. */
  static long[] slots(Proposal proposal) {
    return (long[]) proposal.state().get("pools");
  }

  /** How often each item is in a pool. */
  static long[] counts(long[] slots, int items) {
    long[] counts = new long[items];
    for (long slot : slots) {
      counts[UserPools.item(slot)]++;
    }
    return counts;
  }

  static double[] softmax(float[] scores) {
    double[] p = new double[scores.length];
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      p[i] = Math.exp(scores[i]);
      sum += p[i];
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
    }
    return p;
  }
}
