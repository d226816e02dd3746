package dev.tamis.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Initial;
import dev.tamis.model.ItemTable;
import dev.tamis.model.Pass;
import dev.tamis.model.Table;
import dev.tamis.model.score.DotScore;
import dev.tamis.model.tower.Activation;
import dev.tamis.model.tower.Dropout;
import dev.tamis.model.tower.HistoryTower;
import dev.tamis.model.tower.TowerShape;
import dev.tamis.objective.SampledCrossEntropy;
import dev.tamis.optim.Optimizer;
import dev.tamis.optim.OptimizerName;
import dev.tamis.optim.Sgd;
import dev.tamis.sample.Popularity;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.SmallData;
import dev.tamis.sample.proposal.PopularityProposal;
import dev.tamis.sample.proposal.SharedProposal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Encoders of histories trained on drawn items, each row's own or shared by groups of rows. */
class HistorySideTest {
  private static final int ITEMS = 30;
  private static final int NEGATIVES = 7;
  private static final int BATCH = 11;
  private static final int GROUPS = 3;
  private static final Interactions TRAIN = SmallData.longTailed(40, ITEMS, 9, 4);

  /** A model, its step and its batches. */
  private static final class Setting {
    final Proposal proposal;
    final Step step;
    final UserBatches batches = new UserBatches(TRAIN, BATCH);
    final Batch batch = batches.newBatch();

    Setting(
        TowerShape shape,
        Dropout dropout,
        Candidates.Layout layout,
        boolean keepsHits,
        Optimizer optimizer,
        Workers workers) {
      List<Table> tables = HistoryTower.emptyTables(shape);
      tables.forEach(table -> Initial.normal(table, 1, 0.4));
      HistoryTower tower =
          new HistoryTower(
              shape, tables.stream().collect(Collectors.toMap(Table::name, Function.identity())));
      Table items = Initial.normal(new Table("items", ITEMS, shape.queryWidth()), 1, 0.4);
      Table bias = Initial.normal(new Table("item-bias", ITEMS, 1), 1, 0.4);
      DotScore score = new DotScore(new ItemTable(items, Optional.of(bias)));
      QuerySide queries =
          new HistorySide(
              tower,
              dropout,
              new KlSchedule(0.2, 0),
              optimizer,
              optimizer,
              optimizer,
              BATCH,
              workers);
      proposal =
          layout == Candidates.Layout.SHARED
              ? new SharedProposal(Popularity.LOG.weights(TRAIN.itemCounts()), keepsHits)
              : new PopularityProposal(
                  TRAIN,
                  keepsHits ? PositiveSets.none(TRAIN) : new PositiveSets(TRAIN),
                  Popularity.LOG);
      step =
          new StepParts(
                  proposal,
                  List.of(),
                  new SampledCrossEntropy(),
                  Reduction.MEAN,
                  optimizer,
                  BATCH,
                  NEGATIVES,
                  0,
                  GROUPS)
              .step(queries, score, TRAIN, workers);
    }

    float[][] values() {
      return step.updates().stream().map(u -> u.table().values().clone()).toArray(float[][]::new);
    }
  }

  static Stream<Arguments> nets() {
    TowerShape fast =
        new TowerShape(ITEMS, List.of(6), 3, List.of(5), true, 0, Activation.RELU, Activation.NONE);
    TowerShape linear =
        new TowerShape(ITEMS, List.of(5), 0, List.of(), true, 0, Activation.NONE, Activation.NONE);
    TowerShape deep = new TowerShape(ITEMS, List.of(6, 5), 3, List.of(4, 7));
    return Stream.of(Candidates.Layout.PER_ROW, Candidates.Layout.SHARED)
        .flatMap(
            layout ->
                Stream.of(
                    Arguments.of(fast, new Dropout(0, 0.5), layout, false),
                    Arguments.of(fast, new Dropout(0, 0.5), layout, true),
                    Arguments.of(linear, new Dropout(0.5, 0), layout, false),
                    Arguments.of(linear, new Dropout(0.25, 0.5), layout, false),
                    Arguments.of(deep, new Dropout(0.25, 0.25), layout, true)));
  }

  /** Minus the log of each positive's share among itself and the drawn items that count. */
  private static double sampled(
      double[] scores, Batch batch, int row, Candidates c, boolean keepsHits) {
    double all = 0;
    for (int k = 0; k < NEGATIVES; k++) {
      int item = c.ids[c.idsAt(row) + k];
      boolean counts = keepsHits || !TRAIN.contains(batch.users[row], item);
      all += counts ? Math.exp(scores[item] - c.logQ[c.idsAt(row) + k]) : 0;
    }
    double loss = 0;
    for (int p = batch.posStart[row]; p < batch.posStart[row + 1] && all > 0; p++) {
      double own = Math.exp(scores[batch.posIds[p]] - c.posLogQ[p]);
      loss -= Math.log(own / (own + all));
    }
    return loss;
  }

  @ParameterizedTest
  @MethodSource("nets")
  void parametersMoveAgainstTheSlopeOfTheLoss(
      TowerShape shape, Dropout dropout, Candidates.Layout layout, boolean keepsHits) {
    double rate = 0.5;
    Pass pass = new Pass(7, 0, 4);
    try (Workers workers = new Workers(2)) {
      Setting s = new Setting(shape, dropout, layout, keepsHits, new Sgd(0), workers);
      s.batches.shuffle(1, 0);
      s.batches.fill(s.batch, 1);
      Candidates c = new Candidates(layout, BATCH, NEGATIVES, (BATCH + GROUPS - 1) / GROUPS);
      c.begin(s.batch);
      Matrix queries = new Matrix(BATCH, shape.queryWidth());
      s.proposal.propose(s.batch, 0, s.batch.rows, queries, c, pass, new Rng());
      AutoencoderOracle oracle =
          new AutoencoderOracle(
              shape,
              dropout,
              (scores, batch, row) -> sampled(scores, batch, row, c, keepsHits),
              0.2,
              0,
              1);
      double[][] x =
          Arrays.stream(s.values()).map(HistorySideTest::widened).toArray(double[][]::new);
      double loss = s.step.run(s.batch, rate, pass);
      float[][] moved = s.values();

      assertThat(loss).isCloseTo(oracle.loss(x, s.batch, pass), within(1e-5));
      for (int t = 0; t < x.length; t++) {
        for (int i = 0; i < x[t].length; i++) {
          double here = x[t][i];
          x[t][i] = here + 1e-5;
          double above = oracle.loss(x, s.batch, pass);
          x[t][i] = here - 1e-5;
          double slope = (above - oracle.loss(x, s.batch, pass)) / 2e-5;
          x[t][i] = here;
          assertThat(moved[t][i] - here)
              .as("table %d, number %d", t, i)
              .isCloseTo(-rate * slope, within(2e-6));
        }
      }
    }
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  @ParameterizedTest
  @EnumSource(
      value = OptimizerName.class,
      names = {"ADAM", "ADAM_LAZY", "ADAM_SPARSE"})
  void bitsDoNotDependOnThreads(OptimizerName name) {
    for (Candidates.Layout layout : List.of(Candidates.Layout.PER_ROW, Candidates.Layout.SHARED)) {
      float[][] one = trained(name, layout, 1);
      for (int threads : new int[] {2, 3}) {
        assertThat(trained(name, layout, threads)).isDeepEqualTo(one);
      }
    }
  }

  private static float[][] trained(OptimizerName name, Candidates.Layout layout, int threads) {
    TowerShape shape =
        new TowerShape(ITEMS, List.of(6), 3, List.of(5), true, 0, Activation.RELU, Activation.NONE);
    try (Workers workers = new Workers(threads)) {
      Setting s =
          new Setting(shape, new Dropout(0.1, 0.5), layout, false, name.optimizer(), workers);
      for (int n = 0; n < 24; n++) {
        s.batches.shuffle(5, n / 4);
        s.batches.fill(s.batch, n % 4);
        s.step.run(s.batch, 0.02, new Pass(5, n / 4, n));
      }
      s.step.updates().forEach(update -> update.updater().settleAll());
      return s.values();
    }
  }
}
