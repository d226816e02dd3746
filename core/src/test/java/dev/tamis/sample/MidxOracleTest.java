package dev.tamis.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.math.ChiSquare;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.ItemTable;
import dev.tamis.model.Pass;
import dev.tamis.model.Table;
import dev.tamis.sample.proposal.MidxProposal;
import dev.tamis.sample.proposal.SoftmaxProposal;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The proposals of FastVAE against its stages (theorem 4.1 and section 5), multiplied out in
 * doubles over the codewords and cells that the proposal has.
 */
class MidxOracleTest {
  /** How close a law over float vectors is to that of the same vectors in doubles. */
  private static final double FLOAT = 1e-4;

  /** What share a cell has, and how an item of it is drawn. */
  private enum Variant {
    EXACT,
    UNIFORM,
    POPULARITY,
    RESIDUAL
  }

  /** So many items, and all of them may be drawn for the one user. */
  private static PositiveSets nobodys(int items) {
    return PositiveSets.none(SmallData.where(1, items, (u, i) -> i == 0));
  }

  /** Items around some centres, every fifth as the one before it, and their weights. */
  private static final class Items {
    final int count;
    final int width;
    final Table vectors;
    final double[] weights;

    Items(int count, int width, long seed) {
      this.count = count;
      this.width = width;
      this.vectors = new Table("items", count, width);
      this.weights = new double[count];
      Rng rng = Rng.keyed(seed, Stream.DEMO, 0, 0);
      for (int i = 0; i < count; i++) {
        weights[i] = 0.1 + 9 * rng.nextDouble();
        for (int d = 0; d < width; d++) {
          double center = 0.7 * Math.sin(1 + i % 11 * 7.3 + d * 2.1);
          vectors.values()[i * width + d] =
              i % 5 == 4
                  ? vectors.values()[(i - 1) * width + d]
                  : (float) (center + 0.3 * rng.nextGaussian());
        }
      }
    }

    ItemTable table() {
      return new ItemTable(vectors, Optional.empty());
    }

    float[] query(long seed) {
      Rng rng = Rng.keyed(seed, Stream.DEMO, 1, 0);
      float[] query = new float[width];
      for (int d = 0; d < width; d++) {
        query[d] = (float) rng.nextGaussian();
      }
      return query;
    }

    Proposal proposal(Variant variant, int codewords) {
      return proposal(variant, codewords, nobodys(count));
    }

    Proposal proposal(Variant variant, int codewords, PositiveSets positives) {
      Proposal proposal =
          switch (variant) {
            case EXACT -> new SoftmaxProposal(positives, width);
            case UNIFORM -> MidxProposal.weighed(positives, even(), codewords, width);
            case POPULARITY -> MidxProposal.weighed(positives, weights, codewords, width);
            case RESIDUAL -> MidxProposal.residual(positives, codewords, width);
          };
      try (Workers workers = new Workers(1)) {
        proposal.refresh(table(), 3, 0, workers);
      }
      return proposal;
    }

    double[] even() {
      double[] even = new double[count];
      Arrays.fill(even, 1);
      return even;
    }
  }

  /** The stages, from the codewords of an index and nothing else. */
  private static final class Stages {
    final Items items;
    final double[] query;
    final int codewords;
    final double[][] halves; // [2] the codebooks
    final int half; // numbers of the first half
    final int[] first; // [items] codeword of each half
    final int[] second;

    Stages(Items items, Proposal index, float[] query) {
      this.items = items;
      this.query = doubles(query);
      this.half = (items.width + 1) / 2;
      this.halves =
          new double[][] {
            doubles((float[]) index.state().get("first-codewords")),
            doubles((float[]) index.state().get("second-codewords"))
          };
      this.codewords = halves[0].length / half;
      this.first = new int[items.count];
      this.second = new int[items.count];
      for (int i = 0; i < items.count; i++) {
        first[i] = nearest(i, 0, half, halves[0]);
        second[i] = nearest(i, half, items.width - half, halves[1]);
      }
    }

    private int nearest(int item, int from, int width, double[] codebook) {
      int best = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int k = 0; k < codewords; k++) {
        double distance = 0;
        for (int d = 0; d < width; d++) {
          double off =
              items.vectors.values()[item * items.width + from + d] - codebook[k * width + d];
          distance += off * off;
        }
        if (distance < least - 1e-9) {
          least = distance;
          best = k;
        }
      }
      return best;
    }

    double codewordScore(int half, int k) {
      int width = half == 0 ? this.half : items.width - this.half;
      double sum = 0;
      for (int d = 0; d < width; d++) {
        sum += query[half * this.half + d] * halves[half][k * width + d];
      }
      return sum;
    }

    double score(int item) {
      double sum = 0;
      for (int d = 0; d < items.width; d++) {
        sum += query[d] * items.vectors.values()[item * items.width + d];
      }
      return sum;
    }

    double residual(int item) {
      return score(item) - codewordScore(0, first[item]) - codewordScore(1, second[item]);
    }

    /** What a cell's share is summed up of. */
    double share(Variant variant, int item) {
      return switch (variant) {
        case EXACT -> Math.exp(residual(item));
        case UNIFORM, RESIDUAL -> 1;
        case POPULARITY -> items.weights[item];
      };
    }

    /** What an item is drawn by in its cell. */
    double mass(Variant variant, int item) {
      return variant == Variant.RESIDUAL ? Math.exp(residual(item)) : share(variant, item);
    }

    /** {@code ln P1 + ln P2 + ln P3} of each item. */
    double[] logs(Variant variant) {
      double[][] omega = new double[codewords][codewords];
      double[][] inside = new double[codewords][codewords];
      for (int i = 0; i < items.count; i++) {
        omega[first[i]][second[i]] += share(variant, i);
        inside[first[i]][second[i]] += mass(variant, i);
      }
      double[] psi = new double[codewords];
      double all = 0;
      for (int k = 0; k < codewords; k++) {
        for (int j = 0; j < codewords; j++) {
          psi[k] += omega[k][j] * Math.exp(codewordScore(1, j));
        }
        all += psi[k] * Math.exp(codewordScore(0, k));
      }
      double[] logs = new double[items.count];
      for (int i = 0; i < items.count; i++) {
        int k = first[i];
        int j = second[i];
        double one = Math.log(psi[k]) + codewordScore(0, k) - Math.log(all);
        double two = Math.log(omega[k][j]) + codewordScore(1, j) - Math.log(psi[k]);
        logs[i] = one + two + Math.log(mass(variant, i)) - Math.log(inside[k][j]);
      }
      return logs;
    }

    double[] logSoftmax() {
      double[] logs = new double[items.count];
      double sum = 0;
      for (int i = 0; i < items.count; i++) {
        logs[i] = score(i);
        sum += Math.exp(logs[i]);
      }
      for (int i = 0; i < items.count; i++) {
        logs[i] -= Math.log(sum);
      }
      return logs;
    }
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }

  private static double[] exp(double[] logs) {
    return Arrays.stream(logs).map(Math::exp).toArray();
  }

  private static void assertClose(double[] a, double[] b, double relative) {
    assertClose(a, b, 1, relative);
  }

  private static void assertClose(double[] a, double[] b, double total, double relative) {
    for (int i = 0; i < b.length; i++) {
      double expected = b[i] / total;
      assertThat(a[i]).isBetween(expected * (1 - relative), expected * (1 + relative));
    }
  }

  @ParameterizedTest
  @CsvSource({"90, 1, 4", "90, 2, 5", "200, 7, 9", "30, 12, 20", "120, 16, 1", "25, 5, 25"})
  void stagesMultiplyToTheSoftmaxAndProposalsToTheirStages(int count, int width, int codewords) {
    Items items = new Items(count, width, count + width);
    for (int q = 0; q < 5; q++) {
      float[] query = items.query(q);
      for (Variant variant : Variant.values()) {
        Proposal index =
            items.proposal(variant == Variant.EXACT ? Variant.UNIFORM : variant, codewords);
        Stages stages = new Stages(items, index, query);
        double[] logs = stages.logs(variant);
        double sum = Arrays.stream(exp(logs)).sum();
        assertThat(sum).isBetween(1 - 1e-10, 1 + 1e-10);
        if (variant == Variant.EXACT) {
          double[] softmax = stages.logSoftmax();
          for (int i = 0; i < count; i++) {
            assertThat(logs[i] - softmax[i]).isBetween(-1e-10, 1e-10);
          }
        }
        assertClose(items.proposal(variant, codewords).probabilities(0, query), exp(logs), FLOAT);
      }
    }
  }

  /** Where no residual is left over, nothing is approximated. */
  @Test
  void withoutResidualsUniformAndResidualAreTheSoftmax() {
    Items items = new Items(80, 6, 1);
    for (int i = 0; i < 80; i++) {
      // Three places in each half: nine vectors in all.
      System.arraycopy(items.vectors.values(), i % 3 * 6, items.vectors.values(), i * 6, 3);
      System.arraycopy(
          items.vectors.values(), i / 3 % 3 * 6 + 3, items.vectors.values(), i * 6 + 3, 3);
    }
    float[] query = items.query(4);
    double[] softmax = items.proposal(Variant.EXACT, 3).probabilities(0, query);

    assertClose(items.proposal(Variant.UNIFORM, 3).probabilities(0, query), softmax, FLOAT);
    assertClose(items.proposal(Variant.RESIDUAL, 3).probabilities(0, query), softmax, FLOAT);
  }

  @Test
  void oneCodewordLeavesTheLastStageAlone() {
    Items items = new Items(80, 6, 1);
    float[] query = items.query(4);
    double all = Arrays.stream(items.weights).sum();

    assertClose(
        items.proposal(Variant.UNIFORM, 1).probabilities(0, query),
        Arrays.stream(items.even()).map(x -> x / 80).toArray(),
        1e-12);
    assertClose(
        items.proposal(Variant.POPULARITY, 1).probabilities(0, query),
        Arrays.stream(items.weights).map(x -> x / all).toArray(),
        1e-6);
    assertClose(
        items.proposal(Variant.RESIDUAL, 1).probabilities(0, query),
        items.proposal(Variant.EXACT, 1).probabilities(0, query),
        1e-5);
  }

  @Test
  void uniformIsNoFartherFromTheSoftmaxThanTwiceTheLargestResidual() {
    Items items = new Items(150, 9, 2);
    for (int q = 0; q < 20; q++) {
      float[] query = items.query(q);
      Proposal uniform = items.proposal(Variant.UNIFORM, 8);
      Stages stages = new Stages(items, uniform, query);
      double[] p = uniform.probabilities(0, query);
      double[] softmax = stages.logSoftmax();
      double most = 0;
      for (int i = 0; i < 150; i++) {
        most = Math.max(most, Math.abs(stages.residual(i)));
      }
      for (int i = 0; i < 150; i++) {
        assertThat(Math.abs(Math.log(p[i]) - softmax[i])).isLessThan(2 * most + FLOAT);
      }
    }
  }

  /** An item's bias is part of its score where scores are looked at. */
  @Test
  void biasesCountInScores() {
    Items items = new Items(60, 4, 3);
    Table bias = new Table("bias", 60, 1);
    Arrays.setAll(items.weights, i -> Math.exp(i % 7 * 0.3));
    for (int i = 0; i < 60; i++) {
      bias.values()[i] = i % 7 * 0.3f;
    }
    float[] nothing = new float[4];
    double all = Arrays.stream(items.weights).sum();
    double[] expected = Arrays.stream(items.weights).map(x -> x / all).toArray();
    Proposal exact = new SoftmaxProposal(nobodys(60), 4);
    Proposal residual = MidxProposal.residual(nobodys(60), 1, 4);
    try (Workers workers = new Workers(2)) {
      exact.refresh(new ItemTable(items.vectors, Optional.of(bias)), 1, 0, workers);
      residual.refresh(new ItemTable(items.vectors, Optional.of(bias)), 1, 0, workers);
    }

    assertClose(exact.probabilities(0, nothing), expected, FLOAT);
    assertClose(residual.probabilities(0, nothing), expected, FLOAT);
  }

  private static long[] counted(Proposal proposal, int items, float[] query) {
    long[] counts = new long[items];
    Batch batch = new Batch(1, 1);
    batch.rows = 1;
    batch.posStart[1] = 1;
    Matrix q = new Matrix(1, query.length);
    System.arraycopy(query, 0, q.data, 0, query.length);
    Candidates c = new Candidates(proposal.layout(), 1, 1000);
    c.begin(batch);
    for (int step = 0; step < 20; step++) {
      proposal.propose(batch, 0, 1, q, c, new Pass(5, 0, step), new Rng());
      for (int id : c.ids) {
        counts[id]++;
      }
    }
    return counts;
  }

  /**
   * The best codewords of both halves have no item in common here, and all others may be so far
   * behind that floats lose them; a query that is no number draws by shares.
   */
  @ParameterizedTest
  @ValueSource(floats = {1, 20, 25, 500, 1e30f, Float.NaN})
  void drawsOfSteepQueriesFollowTheirLaw(float steep) {
    Items items = new Items(4, 2, 1);
    System.arraycopy(new float[] {1, -1, 1, -1, -1, 1, -1, -1}, 0, items.vectors.values(), 0, 8);
    float[] query = {steep, steep};
    Proposal proposal = items.proposal(Variant.UNIFORM, 2);
    double[] p = proposal.probabilities(0, query);

    double behind = Float.isNaN(steep) ? 1 : Math.exp(-2 * steep);
    assertClose(p, new double[] {1, 1, 1, behind}, 3 + behind, 1e-6);
    ChiSquare.assertFollows(counted(proposal, 4, query), p);
  }

  /**
   * Where the best cell is empty and the next far behind it, a score rounded to a float is not it.
   */
  @Test
  void drawsOfVastScoresAreTheBestThereAre() {
    Items items = new Items(4, 2, 1);
    System.arraycopy(new float[] {1, -1, 1, -1, -1, 1, -1, -1}, 0, items.vectors.values(), 0, 8);
    long[] counts = counted(items.proposal(Variant.UNIFORM, 2), 4, new float[] {1e12f, 0.7e11f});

    assertThat(counts[2] + counts[3]).isZero();
    ChiSquare.assertFollows(counts, new double[] {0.5, 0.5, 0, 0});
  }

  /** Positives with nearly all of the mass are not drawn again for ever. */
  @ParameterizedTest
  @EnumSource
  void drawsBesideOverwhelmingPositivesFollowTheirLaw(Variant variant) {
    Items items = new Items(40, 5, 1);
    Interactions train = SmallData.where(1, 40, (u, i) -> i < 6);
    float[] query = items.query(4);
    for (int i = 0; i < 6; i++) {
      for (int d = 0; d < 5; d++) {
        items.vectors.values()[i * 5 + d] = 40 * query[d];
      }
    }
    Proposal proposal = items.proposal(variant, 6, new PositiveSets(train));

    ChiSquare.assertFollows(counted(proposal, 40, query), proposal.probabilities(0, query));
  }

  @Test
  void moreCodewordsThanItemsAreRefused() {
    assertThatThrownBy(() -> MidxProposal.residual(nobodys(6), 7, 4))
        .isInstanceOf(TamisException.class)
        .hasMessage("7 codewords are too many for 6 items; set codewords to fewer");
  }
}
