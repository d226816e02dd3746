package dev.tamis.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Initial;
import dev.tamis.model.ItemTable;
import dev.tamis.model.PairModel;
import dev.tamis.model.Table;
import dev.tamis.model.score.DotScore;
import dev.tamis.model.tower.UserRows;
import dev.tamis.objective.Blocks;
import dev.tamis.objective.CentralDifferences;
import dev.tamis.sample.proposal.ClusterLoss;
import dev.tamis.sample.proposal.LearnedClusterProposal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearnedClusterProposalTest {
  private static final int USERS = 9;
  private static final int ITEMS = 30;
  private static final int DIM = 7;
  private static final int CLUSTERS = 5;
  private static final int ROWS = 8;
  private static final int WIDTH = 3;
  private static final Interactions TRAIN = SmallData.longTailed(USERS, ITEMS, 8, 2);
  private static final Table ITEM_VECTORS = Initial.normal(new Table("items", ITEMS, DIM), 11, 0.7);
  private static final double[] WEIGHTS =
      Arrays.stream(TRAIN.itemCounts()).mapToDouble(c -> 1 + c).toArray();

  private static LearnedClusterProposal refreshed(ClusterLoss loss, int... epochs) {
    LearnedClusterProposal proposal =
        new LearnedClusterProposal(TRAIN, new PositiveSets(TRAIN), WEIGHTS, CLUSTERS, DIM, loss);
    PairModel model =
        new PairModel(
            new UserRows(new Table("users", USERS, DIM)),
            new DotScore(new ItemTable(ITEM_VECTORS, Optional.empty())));
    try (Workers workers = new Workers(2)) {
      for (int epoch : epochs) {
        proposal.refresh(model, 3, epoch, workers);
      }
    }
    return proposal;
  }

  private static ClusterLoss loss(double cooling, boolean weightsFlow) {
    return new ClusterLoss(0.9, cooling, 0.8, 5, 0.02, weightsFlow);
  }

  /** W, W_u and C, one after the other. */
  private static double[] parameters(LearnedClusterProposal proposal) {
    List<Table> tables = proposal.learner().orElseThrow().parameters();
    double[] all = new double[2 * DIM * DIM + CLUSTERS * DIM];
    int at = 0;
    for (Table table : tables) {
      for (float value : table.values()) {
        all[at++] = value;
      }
    }
    return all;
  }

  /** {@code x[xAt..] M} with M [DIM x DIM] at a place of some parameters. */
  private static double[] times(double[] x, int xAt, double[] all, int matrixAt) {
    double[] product = new double[DIM];
    for (int i = 0; i < DIM; i++) {
      for (int j = 0; j < DIM; j++) {
        product[j] += x[xAt + i] * all[matrixAt + i * DIM + j];
      }
    }
    return product;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < DIM; d++) {
      sum += a[d] * b[d];
    }
    return sum;
  }

  private static double[] center(double[] all, int k) {
    int at = 2 * DIM * DIM + k * DIM;
    return Arrays.copyOfRange(all, at, at + DIM);
  }

  private static double[] vector(int item) {
    double[] all = Blocks.widened(ITEM_VECTORS.values(), ITEMS * DIM);
    return Arrays.copyOfRange(all, item * DIM, (item + 1) * DIM);
  }

  /** [CLUSTERS] how alike an item is to the centres. */
  private static double[] similarities(double[] all, int item) {
    double[] similar = new double[CLUSTERS];
    double[] mapped = times(vector(item), 0, all, 0);
    for (int k = 0; k < CLUSTERS; k++) {
      similar[k] = dot(mapped, times(center(all, k), 0, all, 0));
    }
    return similar;
  }

  private static int code(double[] all, int item) {
    double[] similar = similarities(all, item);
    int best = 0;
    for (int k = 0; k < CLUSTERS; k++) {
      best = similar[k] > similar[best] ? k : best;
    }
    return best;
  }

  private static double[] softmax(double[] x) {
    double most = Arrays.stream(x).max().orElseThrow();
    double[] p = Arrays.stream(x).map(value -> Math.exp(value - most)).toArray();
    double sum = Arrays.stream(p).sum();
    return Arrays.stream(p).map(value -> value / sum).toArray();
  }

  private static double[] soft(double[] all, int item, double temperature) {
    return softmax(
        Arrays.stream(similarities(all, item)).map(value -> value / temperature).toArray());
  }

  /**
   * The loss that is differentiated, in double. What the gradient does not go through stays at
   * {@code fixed}: an assignment is {@code hard(fixed) - soft(fixed) + soft}, whose value at {@code
   * fixed} is hard and whose derivative is that of the softmax.
   */
  private static double oracle(
      double[] all, double[] fixed, Matrix q, Candidates c, ClusterLoss loss, double temperature) {
    double total = 0;
    for (int r = 0; r < ROWS; r++) {
      double[] query = new double[DIM];
      for (int d = 0; d < DIM; d++) {
        query[d] = q.data[q.at(r) + d];
      }
      double[] user = times(query, 0, all, DIM * DIM);
      double[] lead = new double[WIDTH];
      double[] logits = new double[WIDTH];
      double rowLoss = loss.l2() * dot(user, user);
      double positive = 0;
      for (int i = -1; i < WIDTH; i++) {
        int item = i < 0 ? c.posIds[r] : c.ids[c.idsAt(r) + i];
        double[] centre = assigned(all, fixed, item, temperature);
        double[] off = vector(item);
        for (int d = 0; d < DIM; d++) {
          off[d] -= centre[d];
        }
        rowLoss += loss.distance() * dot(off, off) / DIM / (i < 0 ? 1 : WIDTH);
        rowLoss += loss.l2() * dot(centre, centre);
        double score = dot(user, centre);
        if (i < 0) {
          positive = score;
        } else {
          lead[i] = score - positive;
          logits[i] = loss.weightsFlow() ? score : fixedScore(fixed, query, item);
          logits[i] -= c.logQ[c.idsAt(r) + i];
        }
      }
      double[] weights = softmax(logits);
      for (int i = 0; i < WIDTH; i++) {
        rowLoss += loss.ranking() * weights[i] * Blocks.softplus(lead[i]);
      }
      total += c.rowWeight[r] * rowLoss;
    }
    return total;
  }

  private static double[] assigned(double[] all, double[] fixed, int item, double temperature) {
    double[] now = soft(all, item, temperature);
    double[] then = soft(fixed, item, temperature);
    int code = code(fixed, item);
    double[] centre = new double[DIM];
    for (int k = 0; k < CLUSTERS; k++) {
      double share = (k == code ? 1 : 0) - then[k] + now[k];
      for (int d = 0; d < DIM; d++) {
        centre[d] += share * center(all, k)[d];
      }
    }
    return centre;
  }

  private static double fixedScore(double[] fixed, double[] query, int item) {
    return dot(times(query, 0, fixed, DIM * DIM), center(fixed, code(fixed, item)));
  }

  /** Random rows, with log-probabilities and row weights. */
  private static Candidates rows(Batch batch) {
    Rng rng = Rng.keyed(5, Stream.DEMO, 0, 0);
    batch.rows = ROWS;
    Candidates c = new Candidates(Candidates.Layout.PER_ROW, ROWS, WIDTH);
    for (int r = 0; r < ROWS; r++) {
      batch.posStart[r + 1] = r + 1;
      batch.posIds[r] = rng.nextInt(ITEMS);
      c.rowWeight[r] = 0.25f + rng.nextFloat();
    }
    c.begin(batch);
    for (int e = 0; e < ROWS * WIDTH; e++) {
      c.ids[e] = rng.nextInt(ITEMS);
      c.logQ[e] = (float) rng.nextGaussian();
    }
    return c;
  }

  @ParameterizedTest
  @CsvSource({"1, true, 0, 0.9", "1, false, 0, 0.9", "0.8, true, 3, 0.4608", "0.5, true, 9, 0.1"})
  void gradientIsTheSlopeOfTheLoss(
      double cooling, boolean weightsFlow, int epoch, double temperature) {
    ClusterLoss loss = loss(cooling, weightsFlow);
    LearnedClusterProposal proposal = refreshed(loss, 0, epoch);
    proposal.learner().orElseThrow().parameters().forEach(t -> Initial.normal(t, 6, 0.6));
    double[] x = parameters(proposal);
    Batch batch = new Batch(ROWS, ROWS);
    Candidates c = rows(batch);
    Matrix q = new Matrix(ROWS, DIM);
    Initial.normal(new Table("queries", ROWS, DIM, q.data), 8, 0.9);
    double[] slopes = CentralDifferences.of(moved -> oracle(moved, x, q, c, loss, temperature), x);
    float[] dense = new float[4 + x.length];
    Arrays.fill(dense, 0.5f);
    Learner learner = proposal.learner().orElseThrow();
    double value = 0;
    for (int[] range : new int[][] {{0, 5}, {5, 6}, {6, ROWS}}) {
      value += learner.differentiate(batch, q, c, range[0], range[1], dense, 4);
    }

    assertThat(value).isCloseTo(oracle(x, x, q, c, loss, temperature), within(1e-5));
    assertThat(Arrays.copyOf(dense, 4)).containsOnly(0.5f);
    double size = Arrays.stream(slopes).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < x.length; i++) {
      assertThat(dense[4 + i] - 0.5)
          .as("number %d", i)
          .isCloseTo(slopes[i], within(3e-6 * Math.max(1, size)));
    }
  }

  @Test
  void lawIsThatOfTheLearnedClusters() {
    LearnedClusterProposal proposal = refreshed(loss(1, true), 0);
    proposal.learner().orElseThrow().parameters().forEach(t -> Initial.normal(t, 6, 0.6));
    double[] x = parameters(proposal);
    float[] query = {0.3f, -1, 0.5f, 0.2f, 1.1f, -0.4f, 0.8f};
    double[] byWeight = proposal.probabilities(4, query);
    PairModel model =
        new PairModel(
            new UserRows(new Table("users", USERS, DIM)),
            new DotScore(new ItemTable(ITEM_VECTORS, Optional.empty())));
    try (Workers workers = new Workers(1)) {
      proposal.refresh(model, 3, 1, workers);
    }
    double[] law = proposal.probabilities(4, query);

    double[] mass = new double[ITEMS];
    double[] weight = new double[ITEMS];
    for (int i = 0; i < ITEMS; i++) {
      boolean free = !TRAIN.contains(4, i);
      weight[i] = free ? WEIGHTS[i] : 0;
      mass[i] = weight[i] * Math.exp(fixedScore(x, Blocks.widened(query, DIM), i));
    }
    for (int i = 0; i < ITEMS; i++) {
      assertThat(byWeight[i]).isCloseTo(weight[i] / Arrays.stream(weight).sum(), within(1e-12));
      assertThat(law[i]).isCloseTo(mass[i] / Arrays.stream(mass).sum(), within(1e-6));
    }
    assertThat(Arrays.stream(law).distinct().count()).isGreaterThan(CLUSTERS);
  }

  @Test
  void moreClustersThanItemsAreRefused() {
    assertThatThrownBy(
            () ->
                new LearnedClusterProposal(
                    TRAIN, new PositiveSets(TRAIN), WEIGHTS, ITEMS + 1, DIM, loss(1, true)))
        .isInstanceOf(TamisException.class)
        .hasMessage("31 clusters are too many for 30 items; set clusters to fewer");
  }
}
