package dev.tamis.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.math.ChiSquare;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Initial;
import dev.tamis.model.ItemTable;
import dev.tamis.model.PairModel;
import dev.tamis.model.Pass;
import dev.tamis.model.Table;
import dev.tamis.model.score.DotScore;
import dev.tamis.model.tower.UserRows;
import dev.tamis.sample.proposal.FactorRankProposal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FactorRankProposalTest {
  private static final int DRAWS = 400;

  /** A proposal over item vectors, for a user 0 with the positives that the rule names. */
  private static FactorRankProposal proposal(
      Table items, IntPredicate positive, double lambda, int threads) {
    Interactions train = SmallData.where(1, items.rows(), (u, i) -> positive.test(i));
    FactorRankProposal proposal =
        new FactorRankProposal(train, new PositiveSets(train), lambda, items.width(), true, 0);
    try (Workers workers = new Workers(threads)) {
      proposal.refresh(
          new PairModel(
              new UserRows(new Table("users", 1, items.width())),
              new DotScore(new ItemTable(items, Optional.empty()))),
          1,
          0,
          workers);
    }
    return proposal;
  }

  /** [items] how often each was drawn in so many rows of draws. */
  private static long[] counts(FactorRankProposal proposal, int items, int steps, float... query) {
    Batch batch = new Batch(1, 1);
    batch.rows = 1;
    batch.posStart[1] = 1;
    Matrix q = new Matrix(1, query.length);
    System.arraycopy(query, 0, q.data, 0, query.length);
    Candidates c = new Candidates(Candidates.Layout.PER_ROW, 1, DRAWS);
    c.begin(batch);
    long[] counts = new long[items];
    for (int step = 0; step < steps; step++) {
      proposal.propose(batch, 0, 1, q, c, new Pass(5, 0, step), new Rng());
      for (int id : c.ids) {
        counts[id]++;
      }
    }
    return counts;
  }

  /** The items of a column from the largest entry down, equal ones by number. */
  private static int[] descending(Table items, int f) {
    return IntStream.range(0, items.rows())
        .boxed()
        .sorted(
            Comparator.comparing((Integer i) -> -items.values()[items.at(i) + f])
                .thenComparing(i -> i))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static double deviation(Table items, int f) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < items.rows(); i++) {
      double value = items.values()[items.at(i) + f];
      sum += value;
      squares += value * value;
    }
    return Math.sqrt(squares / items.rows() - Math.pow(sum / items.rows(), 2));
  }

  /** Random entries, of which some are equal, some zeros of either sign. */
  private static Table items(int items, int width) {
    Table table = Initial.normal(new Table("items", items, width), 2, 0.7);
    for (int i = 0; i < table.values().length; i++) {
      float rounded = Math.round(table.values()[i] * 4) / 4f;
      table.values()[i] = i % 3 == 0 ? rounded : table.values()[i];
    }
    return table;
  }

  /** A query of one factor tells the rank of what was drawn. */
  @ParameterizedTest
  @ValueSource(floats = {2.5f, -0.1f})
  void ranksFollowATruncatedGeometricLawFromTheEndThatTheSignNames(float value) {
    Table items = items(70, 3);
    int[] order = descending(items, 1);
    long[] ranks = new long[70];
    long[] counts = counts(proposal(items, i -> false, 12, 1), 70, 1000, 0, value, 0);
    for (int r = 0; r < 70; r++) {
      ranks[r] = counts[order[value > 0 ? r : 69 - r]];
    }
    double[] p = new double[70];
    double total = 0;
    for (int r = 0; r < 70; r++) {
      p[r] = Math.exp(-r / 12.0);
      total += p[r];
    }
    for (int r = 0; r < 70; r++) {
      p[r] /= total;
    }
    ChiSquare.assertFollows(ranks, p);
  }

  /** Where only the first rank is drawn, and each column has another first, items are factors. */
  @Test
  void factorsFollowTheirWeightTimesTheDeviationOfTheirColumn() {
    int width = 5;
    Table items = Initial.normal(new Table("items", 40, width), 3, 0.2);
    for (int f = 0; f < width; f++) {
      items.values()[items.at(f) + f] = 1 + f;
      items.values()[items.at(10 + f) + f] = -1 - f;
    }
    float[] query = {0.5f, -2, 0, 1, -0.25f};
    double[] p = new double[40];
    double total = 0;
    for (int f = 0; f < width; f++) {
      double weight = Math.abs(query[f]) * deviation(items, f);
      p[query[f] > 0 ? f : 10 + f] = weight;
      total += weight;
    }
    for (int i = 0; i < 40; i++) {
      p[i] /= total;
    }
    ChiSquare.assertFollows(counts(proposal(items, i -> i == 20, 0.01, 1), 40, 1000, query), p);
  }

  @Test
  void probabilitiesAreThoseOfTheDefinition() {
    Table items = items(90, 6);
    float[] query = {1, -1.5f, 0, 0.2f, -0.3f, 4};
    double[] expected = new double[90];
    for (int f = 0; f < 6; f++) {
      int[] order = descending(items, f);
      for (int r = 0; r < 90; r++) {
        expected[order[query[f] > 0 ? r : 89 - r]] +=
            Math.abs(query[f]) * deviation(items, f) * Math.exp(-r / 7.0);
      }
    }
    IntPredicate positive = i -> i % 4 == 1;
    for (int i = 0; i < 90; i++) {
      expected[i] = positive.test(i) ? 0 : expected[i];
    }
    double total = Arrays.stream(expected).sum();
    for (int threads : new int[] {1, 3}) {
      double[] p = proposal(items, positive, 7, threads).probabilities(0, query);
      for (int i = 0; i < 90; i++) {
        assertThat(p[i]).isCloseTo(expected[i] / total, within(1e-7 * expected[i] / total));
      }
    }
  }

  /** All that is ever drawn by rank is a positive, and yet draws come to an end, by the law. */
  @Test
  void aUserWithAllItemsOfHighRankIsServed() {
    Table items = new Table("items", 300, 1);
    for (int i = 0; i < 300; i++) {
      items.values()[i] = -i;
    }
    FactorRankProposal proposal = proposal(items, i -> i < 50, 1, 1);
    double[] p = new double[300];
    for (int i = 50; i < 300; i++) {
      p[i] = Math.exp(50 - i) * (1 - Math.exp(-1));
    }
    double trials = Math.exp(50);
    assertThat(proposal.trials(0, new float[] {1})).isCloseTo(trials, within(1e-6 * trials));
    ChiSquare.assertFollows(counts(proposal, 300, 20, 1), p);
  }

  /** Neither a query of zeros nor items that are all the same have a factor of any weight. */
  @Test
  void withoutWeightsAllFactorsAreAlike() {
    Table items = items(50, 4);
    double[] p = proposal(items, i -> false, 5, 1).probabilities(0, new float[4]);
    double[] expected = new double[50];
    for (int f = 0; f < 4; f++) {
      int[] order = descending(items, f);
      for (int r = 0; r < 50; r++) {
        expected[order[49 - r]] += Math.exp(-r / 5.0) * (1 - Math.exp(-0.2)) / (1 - Math.exp(-10));
      }
    }
    for (int i = 0; i < 50; i++) {
      assertThat(p[i]).isCloseTo(expected[i] / 4, within(1e-9));
    }
    long[] counts =
        counts(proposal(new Table("items", 50, 4), i -> false, 5, 1), 50, 1, 1, 1, 1, 1);
    assertThat(Arrays.stream(counts).sum()).isEqualTo(DRAWS);
  }
}
