package dev.tamis.sample.refine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.kernels.Workers;
import dev.tamis.math.Rng;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.ItemTable;
import dev.tamis.model.PairModel;
import dev.tamis.model.Pass;
import dev.tamis.model.Table;
import dev.tamis.model.score.DotScore;
import dev.tamis.model.tower.UserRows;
import dev.tamis.sample.ItemDistribution;
import dev.tamis.sample.ScoreSamples;
import dev.tamis.sample.proposal.UserPoolProposal;
import dev.tamis.sample.refine.SampledRankWeight.End;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SampledRankWeightTest {
  private static double harmonic(long n) {
    double sum = 0;
    for (long t = 1; t <= n; t++) {
      sum += 1.0 / t;
    }
    return sum;
  }

  /** The weight of a row whose positive has this score, of three rows. */
  private static float weight(SampledRankWeight refiner, int user, float score) {
    Batch batch = new Batch(3, 3);
    batch.rows = 3;
    for (int r = 0; r < 3; r++) {
      batch.posStart[r + 1] = r + 1;
      batch.users[r] = user;
    }
    Candidates c = new Candidates(Candidates.Layout.PER_ROW, 3, 1);
    c.begin(batch);
    Arrays.fill(c.rowWeight, 0.5f);
    c.posScore[1] = score;
    refiner.refine(batch, c, 1, 2, new Pass(1, 0, 0), new Rng());
    assertThat(c.rowWeight[0]).isEqualTo(0.5f);
    assertThat(c.rowWeight[2]).isEqualTo(0.5f);
    return c.rowWeight[1];
  }

  private static ScoreSamples samples(float... ofUserOne) {
    ScoreSamples samples = new ScoreSamples(2, ofUserOne.length);
    samples.put(1, ofUserOne, 0);
    return samples;
  }

  /** N = 11, K = 4: rank = floor(10 n / 4) + 1. */
  @Test
  void lowRankedPositivesWeighMostInThePaper() {
    SampledRankWeight refiner = new SampledRankWeight(samples(1, 5, 3, 1), 11, End.HIGHEST);
    float[] positives = {6, 5, 4, 1, 0};
    long[] ranks = {1, 1, 3, 6, 11};
    for (int i = 0; i < 5; i++) {
      assertThat((double) weight(refiner, 1, positives[i]))
          .isCloseTo(0.5 * harmonic(ranks[i]), within(1e-6));
    }
    assertThat(harmonic(10)).isCloseTo(2.928968, within(1e-6));
  }

  /** r = floor(10 n / 4), n of lower score; the weight is H(r - 1), or 1 for r up to 1. */
  @Test
  void highRankedPositivesWeighMostInTheCode() {
    SampledRankWeight refiner = new SampledRankWeight(samples(1, 5, 3, 1), 11, End.LOWEST);
    float[] positives = {0, 1, 2, 3, 4, 5, 6};
    double[] weights = {1, 1, harmonic(4), harmonic(4), harmonic(6), harmonic(6), harmonic(9)};
    for (int i = 0; i < 7; i++) {
      assertThat((double) weight(refiner, 1, positives[i]))
          .isCloseTo(0.5 * weights[i], within(1e-6));
    }
  }

  @Test
  void weightsStayBetweenThoseOfTheFirstAndTheLastRank() {
    float[] scores = new float[200];
    for (int k = 0; k < 200; k++) {
      scores[k] = k;
    }
    for (End end : End.values()) {
      SampledRankWeight refiner = new SampledRankWeight(samples(scores), 40_988, end);
      float top = weight(refiner, 1, 500);
      float bottom = weight(refiner, 1, -500);
      long last = end == End.HIGHEST ? 40_988 : 40_986;

      assertThat((double) Math.min(top, bottom)).isEqualTo(0.5);
      assertThat((double) Math.max(top, bottom)).isCloseTo(0.5 * harmonic(last), within(1e-5));
      assertThat(top < bottom).isEqualTo(end == End.HIGHEST);
    }
  }

  /**
   * N n / K + 1 over the candidates of many pools has the mean of the rank and the variance of a
   * binomial share.
   */
  @Test
  void ranksAreEstimatedWithoutBias() {
    int users = 10_000;
    int items = 1000;
    int candidates = 200;
    int rank = 264;
    Table queries = new Table("users", users, 1);
    Arrays.fill(queries.values(), 1);
    Table vectors = new Table("items", items, 1);
    for (int i = 0; i < items; i++) {
      vectors.values()[i] = -i * 7 % items; // ranks in a scattered order
    }
    float[] sorted = vectors.values().clone();
    Arrays.sort(sorted);
    float positive = sorted[items - rank];
    ScoreSamples samples = new ScoreSamples(users, candidates);
    UserPoolProposal proposal =
        new UserPoolProposal(
            users,
            ItemDistribution.uniform(items),
            candidates,
            5,
            UserPoolProposal.Number.SCORE,
            Optional.of(samples));
    try (Workers workers = new Workers(2)) {
      PairModel model =
          new PairModel(
              new UserRows(queries), new DotScore(new ItemTable(vectors, Optional.empty())));
      proposal.refresh(model, 5, 0, workers);
    }
    double sum = 0;
    double squares = 0;
    for (int u = 0; u < users; u++) {
      double estimate = (double) items * samples.above(u, positive) / candidates + 1;
      sum += estimate;
      squares += (estimate - rank) * (estimate - rank);
      assertThat(samples.above(u, positive) + samples.below(u, positive))
          .isLessThanOrEqualTo(candidates);
    }
    double p = (rank - 1.0) / items;
    double variance = (double) items * items * p * (1 - p) / candidates;

    assertThat(sum / users).isCloseTo(rank, within(4.5 * Math.sqrt(variance / users)));
    assertThat(squares / users)
        .isCloseTo(variance, within(4.9 * variance * Math.sqrt(2.0 / users)));
  }
}
