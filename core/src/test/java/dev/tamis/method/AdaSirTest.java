package dev.tamis.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.method.AdaSir.RankWeight;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.ItemTable;
import dev.tamis.model.PairModel;
import dev.tamis.model.Pass;
import dev.tamis.model.Table;
import dev.tamis.model.score.DotScore;
import dev.tamis.model.tower.UserRows;
import dev.tamis.objective.SampledCrossEntropy;
import dev.tamis.sample.SmallData;
import dev.tamis.sample.refine.ImportanceWeights;
import dev.tamis.sample.refine.SampledRankWeight;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AdaSirTest {
  private static final Interactions TRAIN = SmallData.longTailed(60, 45, 10, 2);
  private static final AdaSir METHOD = new AdaSir();

  private static AdaSir.Options options(String... given) {
    return METHOD.read(SmallRuns.settings(METHOD, given));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pool|0|option 'pool' must be a whole number from 1 to 1000000, but is '0'",
        "candidates|0|option 'candidates' must be a whole number from 1 to 1000000, but is '0'",
        "weight|best|option 'weight' must be one of paper, code, score-delta, uniform, but is"
            + " 'best'",
        "init-deviation|-1|option 'init-deviation' must be a number from 0 to 100, but is '-1'"
      })
  void valuesThatAreNotAllowedAreRefused(String option, String value, String message) {
    assertThatThrownBy(() -> options(option, value))
        .isInstanceOf(TamisException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @EnumSource(value = RankWeight.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void ranksCannotBeEstimatedFromPopularCandidates(RankWeight rank) {
    AdaSir.Options options =
        options(
            "sampler", "popularity", "rank-weight", rank.name().toLowerCase(java.util.Locale.ROOT));

    assertThatThrownBy(() -> METHOD.fit(TRAIN, options, Run.seeded(1)))
        .isInstanceOf(TamisException.class)
        .hasMessage(
            "rank-weight estimates ranks from uniformly drawn candidates, but sampler is"
                + " popularity; use sampler uniform, or rank-weight none");
  }

  @ParameterizedTest
  @CsvSource({"adam-lazy", "adam-sparse", "adagrad", "sgd"})
  void weightDecayNeedsAnOptimizerThatMovesEveryRow(String optimizer) {
    assertThatThrownBy(() -> METHOD.fit(TRAIN, options("optimizer", optimizer), Run.seeded(1)))
        .isInstanceOf(TamisException.class)
        .hasMessage(
            "weight-decay moves every row in every step, which optimizer "
                + optimizer
                + " does not; use optimizer adam or adam-pytorch, or set weight-decay=0 (l2 works"
                + " with any)");
    METHOD.fit(TRAIN, options("optimizer", optimizer, "weight-decay", "0"), Run.seeded(1));
  }

  /** Pools do not know with what probability an item is drawn, and nobody may think they did. */
  @Test
  void sampledSoftmaxOverPoolsIsRefused() {
    PairMethod.Parts pools = METHOD.parts(TRAIN, options());
    PairMethod.Parts parts =
        new PairMethod.Parts(pools.proposal(), List.of(), new SampledCrossEntropy());

    assertThatThrownBy(() -> new PairTraining("softened", new TreeMap<>(), options().pair(), parts))
        .isInstanceOf(TamisException.class)
        .hasMessage(
            "method 'softened' corrects each score by the log-probability of its draw, which this"
                + " sampler does not know; use sampler uniform or popularity");
  }

  /** Four candidates of the same score 3, each of weight 1/4. */
  @ParameterizedTest
  @CsvSource({"paper, -1.3862944", "code, 1.3862944", "score-delta, 3"})
  void negativesAreWeighedAsChosen(String weight, float logQ) {
    PairMethod.Parts parts = METHOD.parts(TRAIN, options("weight", weight, "candidates", "4"));
    ItemTable items =
        new ItemTable(filled(new Table("items", TRAIN.itemCount(), 1), 3), Optional.empty());
    Table users = filled(new Table("users", TRAIN.userCount(), 1), 1);
    Batch batch = new Batch(1, 0);
    batch.rows = 1;
    Candidates c = new Candidates(Candidates.Layout.PER_ROW, 1, 5);
    c.begin(batch);
    try (Workers workers = new Workers(1)) {
      parts
          .proposal()
          .refresh(new PairModel(new UserRows(users), new DotScore(items)), 1, 0, workers);
    }
    parts.proposal().propose(batch, 0, 1, new Matrix(1, 1), c, new Pass(1, 0, 0), new Rng());

    for (float each : c.logQ) {
      assertThat(each).isCloseTo(logQ, within(1e-6f));
    }
    assertThat(parts.refiners()).hasSize(1);
    assertThat(parts.refiners().get(0)).isInstanceOf(ImportanceWeights.class);
    assertThat(parts.refiners().get(0).weightsFlow()).isFalse();
  }

  private static Table filled(Table table, float value) {
    Arrays.fill(table.values(), value);
    return table;
  }

  @Test
  void rowsAreWeighedByRankOnlyIfSo() {
    assertThat(METHOD.parts(TRAIN, options("weight", "uniform")).refiners()).isEmpty();
    assertThat(METHOD.parts(TRAIN, options("rank-weight", "paper")).refiners())
        .hasExactlyElementsOfTypes(ImportanceWeights.class, SampledRankWeight.class);
    assertThat(METHOD.parts(TRAIN, options("weight", "uniform", "rank-weight", "code")).refiners())
        .hasExactlyElementsOfTypes(SampledRankWeight.class);
  }

  @Test
  void vectorsStartWithTheDeviationGiven() {
    Settings still =
        SmallRuns.settings(METHOD, "epochs", "1", "learning-rate", "1e-8", "dim", "40");
    for (double deviation : new double[] {0.1, 2}) {
      Settings settings = still.with(PairShape.INIT_DEVIATION, deviation);
      TrainedModel trained = SmallRuns.fit(METHOD, settings, TRAIN, Run.seeded(1));
      for (Table table : trained.model().tables()) {
        double squares = 0;
        double most = 0;
        for (float value : table.values()) {
          squares += (double) value * value;
          most = Math.max(most, Math.abs(value));
        }
        assertThat(Math.sqrt(squares / table.values().length))
            .isCloseTo(deviation, within(0.08 * deviation));
        assertThat(most).as("not cut off").isGreaterThan(2.5 * deviation);
      }
    }
  }

  /** Pools come from whatever score the model has. */
  @ParameterizedTest
  @CsvSource({"adasir, gmf", "adasir, mlp", "adasir, neumf", "pris, mlp", "pris, neumf"})
  void poolsGoWithEveryScore(String name, String score) {
    Method<?> method = Methods.named(name);
    boolean pools = method instanceof AdaSir;
    Settings settings =
        SmallRuns.settings(
            method, "score", score, pools ? "rank-weight" : "sampler", pools ? "paper" : "exact");
    TrainedModel one = SmallRuns.fit(method, settings, TRAIN, Run.seeded(2).withThreads(1));
    TrainedModel three = SmallRuns.fit(method, settings, TRAIN, Run.seeded(2).withThreads(3));

    assertThat(SmallRuns.values(three)).isDeepEqualTo(SmallRuns.values(one));
    for (float[] table : SmallRuns.values(one)) {
      for (float value : table) {
        assertThat(Float.isFinite(value)).isTrue();
      }
    }
  }

  @Test
  void planCountsWhatTheOptionsAskFor() {
    long plain = bytes("pool", "1", "candidates", "50");

    assertThat(bytes("pool", "101", "candidates", "50") - plain).isEqualTo(8L * 100 * 60);
    assertThat(bytes("pool", "1", "candidates", "50", "rank-weight", "paper") - plain)
        .isEqualTo(4L * 50 * 60);
  }

  private static long bytes(String... given) {
    MemoryPlan plan = METHOD.plan(TRAIN, options(given), Run.seeded(1));
    return plan.total();
  }
}
