package dev.tamis.sample.refine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Initial;
import dev.tamis.model.ItemTable;
import dev.tamis.model.PairModel;
import dev.tamis.model.Pass;
import dev.tamis.model.Table;
import dev.tamis.model.score.DotScore;
import dev.tamis.model.tower.UserRows;
import dev.tamis.sample.ScoreHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VarianceBonusTest {
  private static final int USERS = 5;
  private static final int ITEMS = 40;
  private static final int DIM = 6;
  private static final int ROWS = 60;
  private static final int WIDTH = 9;
  private static final int AMONG = 5;

  private static PairModel model(long seed, boolean bias) {
    Table users = Initial.normal(new Table("users", USERS, DIM), seed, 0.8);
    Table items = Initial.normal(new Table("items", ITEMS, DIM), seed, 0.8);
    Optional<Table> biases =
        bias
            ? Optional.of(Initial.normal(new Table("bias", ITEMS, 1), seed, 0.8))
            : Optional.empty();
    return new PairModel(new UserRows(users), new DotScore(new ItemTable(items, biases)));
  }

  private static double score(PairModel model, int user, int item) {
    Table users = model.users().table();
    Table items = model.items().vectors();
    double sum = model.items().bias().map(b -> (double) b.values()[item]).orElse(0.0);
    for (int d = 0; d < DIM; d++) {
      sum += (double) users.values()[users.at(user) + d] * items.values()[items.at(item) + d];
    }
    return sum;
  }

  private static double likelihood(PairModel model, int user, int item, int positive) {
    double lead = score(model, user, item) - score(model, user, positive);
    return 1 / (1 + Math.exp(-lead));
  }

  /** Rows of any users and items, scored by a model. */
  private static Candidates scored(PairModel model, Batch batch) {
    Rng rng = Rng.keyed(2, Stream.DEMO, 0, 0);
    batch.rows = ROWS;
    Candidates c = new Candidates(Candidates.Layout.PER_ROW, ROWS, WIDTH);
    for (int r = 0; r < ROWS; r++) {
      batch.users[r] = rng.nextInt(USERS);
      batch.posStart[r + 1] = r + 1;
      batch.posIds[r] = rng.nextInt(ITEMS);
    }
    c.begin(batch);
    for (int e = 0; e < ROWS * WIDTH; e++) {
      c.ids[e] = rng.nextInt(ITEMS);
    }
    Matrix q = new Matrix(ROWS, DIM);
    model.users().forward(batch.users, 0, ROWS, q);
    model.score().newScoring(ROWS, WIDTH).score(q, c, 0, ROWS);
    return c;
  }

  private static int kept(Candidates c, int r) {
    int kept = -1;
    for (int i = 0; i < WIDTH; i++) {
      if (c.weight[c.at(r) + i] != 0) {
        assertThat(kept).isEqualTo(-1);
        assertThat(c.weight[c.at(r) + i]).isEqualTo(1);
        kept = i;
      }
    }
    return kept;
  }

  private static ScoreHistory history(boolean bias) {
    return new ScoreHistory(USERS, ITEMS, DIM, bias, 3);
  }

  @ParameterizedTest
  @CsvSource({"0, 7", "5, 0"}) // the weight, or the epoch, leaves no bonus
  void withoutBonusTheHighestScoreIsKept(double weight, int epoch) {
    ScoreHistory history = history(false);
    history.take(model(1, false));
    history.take(model(2, false));
    Batch batch = new Batch(ROWS, ROWS);
    Candidates c = scored(model(3, false), batch);
    for (int e = 0; e < ROWS / 2 * WIDTH; e++) {
      c.score[e] += 60; // the sigmoid is 1 for all
    }
    new VarianceBonus(history, AMONG, weight, 4)
        .refine(batch, c, 0, ROWS, new Pass(1, epoch, 0), new Rng());

    for (int r = 0; r < ROWS; r++) {
      int best = 0;
      for (int i = 1; i < AMONG; i++) {
        best = c.score[c.at(r) + i] > c.score[c.at(r) + best] ? i : best;
      }
      assertThat(kept(c, r)).isEqualTo(best);
    }
  }

  /** With epochs remembered, epoch, and what the bonus has of its weight then. */
  @ParameterizedTest
  @CsvSource({"2, 2, 0.5, false", "3, 4, 1, true", "5, 9, 1, false"})
  void bonusIsTheDeviationOfTheLastEpochs(int taken, int epoch, double share, boolean bias) {
    ScoreHistory history = history(bias);
    List<PairModel> past = new ArrayList<>();
    for (int e = 0; e < taken; e++) {
      past.add(model(10 + e, bias));
      history.take(past.get(e));
    }
    past.subList(0, Math.max(0, taken - 3)).clear();
    PairModel now = model(3, bias);
    Batch batch = new Batch(ROWS, ROWS);
    Candidates c = scored(now, batch);
    VarianceBonus bonus = new VarianceBonus(history, AMONG, 3, 4);
    bonus.refine(batch, c, 0, 7, new Pass(1, epoch, 0), new Rng());
    bonus.refine(batch, c, 7, ROWS, new Pass(1, epoch, 0), new Rng());

    boolean matters = false;
    for (int r = 0; r < ROWS; r++) {
      double[] value = new double[AMONG];
      int best = 0;
      int highest = 0;
      for (int i = 0; i < AMONG; i++) {
        int item = c.ids[c.at(r) + i];
        int user = batch.users[r];
        double mean = 0;
        double squares = 0;
        for (PairModel then : past) {
          double p = likelihood(then, user, item, batch.posIds[r]);
          mean += p / past.size();
          squares += p * p / past.size();
        }
        double deviation = Math.sqrt(Math.max(0, squares - mean * mean));
        value[i] = likelihood(now, user, item, batch.posIds[r]) + 3 * share * deviation;
        best = value[i] > value[best] + 1e-6 ? i : best;
        highest = c.score[c.at(r) + i] > c.score[c.at(r) + highest] ? i : highest;
      }
      assertThat(value[kept(c, r)]).isGreaterThan(value[best] - 1e-5);
      matters |= best != highest;
    }
    assertThat(matters).isTrue();
  }

  @Test
  void oneEpochHasNoDeviation() {
    ScoreHistory history = history(false);
    history.take(model(1, false));
    Batch batch = new Batch(ROWS, ROWS);
    Candidates c = scored(model(3, false), batch);
    Candidates plain = scored(model(3, false), batch);
    new VarianceBonus(history, AMONG, 5, 1).refine(batch, c, 0, ROWS, new Pass(1, 9, 0), new Rng());
    new VarianceBonus(history, AMONG, 0, 1)
        .refine(batch, plain, 0, ROWS, new Pass(1, 9, 0), new Rng());

    assertThat(c.weight).isEqualTo(plain.weight);
  }
}
