package dev.tamis.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tamis.data.Interactions;
import dev.tamis.math.ChiSquare;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.ItemTable;
import dev.tamis.model.PairModel;
import dev.tamis.model.Pass;
import dev.tamis.model.Table;
import dev.tamis.model.score.DistanceScore;
import dev.tamis.model.score.DotScore;
import dev.tamis.model.tower.UserRows;
import dev.tamis.sample.proposal.SoftmaxPoolProposal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SoftmaxPoolProposalTest {
  private static final int POOL = 50;

  private static SoftmaxPoolProposal proposal(Interactions train, int leaveOut) {
    return new SoftmaxPoolProposal(train, new PositiveSets(train), leaveOut, POOL);
  }

  /** All draws of some users, each many times what a pool has. */
  private static Candidates drawn(SoftmaxPoolProposal proposal, int... users) {
    Batch batch = new Batch(users.length, users.length);
    batch.rows = users.length;
    for (int r = 0; r < users.length; r++) {
      batch.users[r] = users[r];
      batch.posStart[r + 1] = r + 1;
    }
    Candidates c = new Candidates(Candidates.Layout.PER_ROW, users.length, 20 * POOL);
    c.begin(batch);
    proposal.propose(
        batch, 0, users.length, new Matrix(users.length, 1), c, new Pass(1, 1, 0), new Rng());
    return c;
  }

  /**
   * Users of one history and equal scores: their pools are draws from one law. The sizes have items
   * left over where they are worked on in runs.
   */
  @ParameterizedTest
  @CsvSource({"0, true, 150", "10, true, 150", "10, false, 150", "3, false, 300", "10, true, 17"})
  void poolsAreTheSoftmaxWithoutPositivesAndTheBest(int leaveOut, boolean dot, int items) {
    int users = 6000;
    float[] scores = PoolSettings.scores(items, 8);
    scores[3] = scores[5]; // equal ones, of which the first goes first
    Interactions train = SmallData.where(users, items, (u, i) -> i % 7 == 2);
    SoftmaxPoolProposal proposal = proposal(train, leaveOut);
    PairModel model = PoolSettings.model(users, scores);
    PairModel other = new PairModel(model.users(), new DistanceScore(model.items()));
    PoolSettings.refresh(proposal, dot ? model : other, 1, 2);

    float[] law = scores.clone();
    for (int i = 0; i < items && !dot; i++) {
      law[i] = -(scores[i] - 1) * (scores[i] - 1);
    }
    List<Integer> ranked = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      ranked.add(i);
    }
    float[] of = law.clone();
    ranked.sort((a, b) -> of[a] != of[b] ? Float.compare(of[b], of[a]) : a - b);
    for (int i = 0; i < leaveOut; i++) {
      law[ranked.get(i)] = Float.NEGATIVE_INFINITY;
    }
    for (int i = 2; i < items; i += 7) {
      law[i] = Float.NEGATIVE_INFINITY;
    }
    double[] shares = new double[items];
    long[] counts = new long[items];
    for (int u = 0; u < users; u++) {
      double[] pool = proposal.probabilities(u, new float[] {1});
      for (int i = 0; i < items; i++) {
        counts[i] += Math.round(pool[i] * POOL);
        shares[i] += pool[i] / users;
      }
    }
    assertThat(Arrays.stream(counts).sum()).isEqualTo((long) users * POOL);
    ChiSquare.assertFollows(counts, PoolSettings.softmax(law));
  }

  @Test
  void logQIsTheScoreWhenThePoolWasDrawn() {
    float[] scores = PoolSettings.scores(30, 2);
    Interactions train = SmallData.where(4, 30, (u, i) -> i == u);
    SoftmaxPoolProposal proposal = proposal(train, 5);
    PairModel model = PoolSettings.model(4, scores.clone());
    PoolSettings.refresh(proposal, model, 3, 1);
    Arrays.fill(model.items().vectors().values(), 9);
    Candidates c = drawn(proposal, 0, 1);

    for (int e = 0; e < c.at(2); e++) {
      assertThat(c.logQ[e]).isEqualTo(scores[c.ids[e]]);
    }
  }

  @Test
  void theFirstEpochIsUniform() {
    Interactions train = SmallData.where(3, 12, (u, i) -> i < 4);
    SoftmaxPoolProposal proposal = proposal(train, 5);
    PairModel model = PoolSettings.model(3, PoolSettings.scores(12, 2));
    PoolSettings.refresh(proposal, model, 0, 1);
    double[] uniform = new double[12];
    Arrays.fill(uniform, 4, 12, 1 / 8.0);

    assertThat(proposal.probabilities(0, new float[1])).isEqualTo(uniform);
    assertThat(Arrays.stream(drawn(proposal, 2).ids).distinct().count()).isEqualTo(8);
    PoolSettings.refresh(proposal, model, 1, 1);
    assertThat(proposal.probabilities(0, new float[1])).isNotEqualTo(uniform);
  }

  /** All but the best are positives: these stay, and are drawn. */
  @Test
  void theBestStayWhereNothingElseIsLeft() {
    Interactions train = SmallData.where(2, 6, (u, i) -> u == 0 ? i >= 2 : i == 0);
    SoftmaxPoolProposal proposal = proposal(train, 3);
    PoolSettings.refresh(proposal, PoolSettings.model(2, 9, 8, 7, 0, 0, 0), 1, 1);

    assertThat(Arrays.stream(drawn(proposal, 0).ids).distinct().sorted()).containsExactly(0, 1);
    assertThat(Arrays.stream(drawn(proposal, 1).ids).distinct().sorted()).containsExactly(3, 4, 5);
  }

  /** The best item of a lead that floats cannot hold has all the mass. */
  @Test
  void hugeScoresAreNoTrouble() {
    Interactions train = SmallData.where(1, 200, (u, i) -> i == 0);
    float[] scores = PoolSettings.scores(200, 2);
    scores[131] = 4000;
    SoftmaxPoolProposal proposal = proposal(train, 0);
    PoolSettings.refresh(proposal, PoolSettings.model(1, scores), 1, 1);

    assertThat(drawn(proposal, 0).ids).containsOnly(131);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, Float.NaN})
  void scoresThatAreNoNumbersDrawAnythingButPositives(float score) {
    Interactions train = SmallData.where(1, 20, (u, i) -> i % 2 == 0);
    float[] scores = new float[20];
    Arrays.fill(scores, score);
    SoftmaxPoolProposal proposal = proposal(train, 3);
    PoolSettings.refresh(proposal, PoolSettings.model(1, scores), 1, 1);

    assertThat(Arrays.stream(drawn(proposal, 0).ids).distinct().sorted())
        .containsExactly(1, 3, 5, 7, 9, 11, 13, 15, 17, 19);
  }

  @Test
  void poolsDoNotDependOnThreads() {
    Interactions train = SmallData.longTailed(130, 90, 12, 1);
    Table users = new Table("users", 130, 5);
    Table items = new Table("items", 90, 5);
    Table bias = new Table("item-bias", 90, 1);
    for (Table table : List.of(users, items, bias)) {
      dev.tamis.model.Initial.normal(table, 3, 0.7);
    }
    PairModel model =
        new PairModel(new UserRows(users), new DotScore(new ItemTable(items, Optional.of(bias))));
    int[] everybody = new int[130];
    Arrays.setAll(everybody, u -> u);
    Candidates[] drawn = new Candidates[3];
    for (int threads = 1; threads <= 3; threads++) {
      SoftmaxPoolProposal proposal = proposal(train, 10);
      PoolSettings.refresh(proposal, model, 2, threads);
      drawn[threads - 1] = drawn(proposal, everybody);
    }

    for (Candidates more : List.of(drawn[1], drawn[2])) {
      assertThat(more.ids).isEqualTo(drawn[0].ids);
      assertThat(more.logQ).isEqualTo(drawn[0].logQ);
    }
  }
}
