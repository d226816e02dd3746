package dev.tamis.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.data.HeldOut;
import dev.tamis.data.Interactions;
import dev.tamis.eval.Evaluator;
import dev.tamis.eval.MetricId;
import dev.tamis.kernels.Workers;
import dev.tamis.math.Matrix;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Initial;
import dev.tamis.model.PairModel;
import dev.tamis.model.ServableModel;
import dev.tamis.rank.Query;
import dev.tamis.rank.QueryBlock;
import dev.tamis.rank.Recommender;
import dev.tamis.rank.Scorer;
import dev.tamis.sample.SmallData;
import dev.tamis.train.Run;
import dev.tamis.train.TrainingListener;
import dev.tamis.train.Validation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Any pair method runs on any score. */
class PairScoreTest {
  private static final Interactions TRAIN = SmallData.longTailed(70, 50, 12, 1);

  private static Settings settings(Method<?> method, PairShape.Score score, String... others) {
    String[] all = Arrays.copyOf(others, others.length + 2);
    all[others.length] = "score";
    all[others.length + 1] = PairShape.SCORE.format(score);
    return SmallRuns.settings(method, all);
  }

  @ParameterizedTest
  @CsvSource({
    "bpr, gmf, ''",
    "bpr, euclidean, ''",
    "bpr, mlp, ''",
    "bpr, neumf, ''",
    "pris, gmf, cluster-uniform",
    "pris, gmf, cluster-uniform-joint",
    "pris, neumf, popularity",
    "pris, neumf, exact",
    "adasir, gmf, uniform",
    "adasir, euclidean, uniform",
    "adasir, neumf, popularity",
    "dns, neumf, ''",
    "self-adversarial, mlp, ''",
    "sampled-softmax, gmf, ''",
    "sampled-softmax, neumf, each-its-own"
  })
  void resultDoesNotDependOnThreads(String name, String score, String sampling) {
    Method<?> method = Methods.named(name);
    Settings settings =
        switch (sampling) {
          case "" -> SmallRuns.settings(method, "score", score);
          case "each-its-own" ->
              SmallRuns.settings(method, "score", score, "shared-negatives", "false");
          default -> SmallRuns.settings(method, "score", score, "sampler", sampling);
        };
    TrainedModel one = SmallRuns.fit(method, settings, TRAIN, Run.seeded(6).withThreads(1));
    for (int threads : new int[] {2, 5}) {
      TrainedModel more =
          SmallRuns.fit(method, settings, TRAIN, Run.seeded(6).withThreads(threads));
      assertThat(SmallRuns.values(more)).isDeepEqualTo(SmallRuns.values(one));
    }
  }

  /** Even users have even items, odd users odd ones; each lacks one, and must be given it. */
  @ParameterizedTest
  @EnumSource(PairShape.Score.class)
  void itemMissingFromACheckerboardIsRecommended(PairShape.Score score) {
    int n = 24;
    Interactions train = SmallData.where(n, n, (u, i) -> (u + i) % 2 == 0 && u != i);
    Method<?> method = Methods.named("bpr");
    Settings settings =
        settings(
            method,
            score,
            "epochs",
            "120",
            "batch-size",
            "8",
            "learning-rate",
            "0.02",
            "l2",
            "0",
            "gmf-dim",
            "5",
            "hidden-layers",
            "8"); // more layers learn by heart that what is missing was drawn as a negative
    TrainedModel trained = SmallRuns.fit(method, settings, train, Run.seeded(3));
    try (Workers workers = new Workers(1)) {
      Recommender recommender = new Recommender(trained.model(), workers);
      for (int u = 0; u < n; u++) {
        int[] history =
            Arrays.copyOfRange(train.itemIds(), train.rowStart()[u], train.rowStart()[u + 1]);
        assertThat(recommender.recommend(Query.ofUser(u, history), 1).itemsOf(0)[0]).isEqualTo(u);
      }
    }
  }

  /** Whatever was folded into which table. */
  @ParameterizedTest
  @CsvSource({
    "DOT, false, false", "DOT, true, true", "GMF, false, false", "GMF, true, true",
    "GMF, false, true", "MLP, false, true", "NEUMF, false, false", "NEUMF, false, true"
  })
  void servedScoresAreTheTrainedOnes(PairShape.Score score, boolean itemBias, boolean level) {
    PairShape shape =
        new PairShape(score, 7, 3, List.of(6, 4), itemBias, 0.5, PairShape.PredictionInit.FAN_IN);
    int users = 5;
    int items = 40;
    TrainablePair pair = TrainablePair.start(shape, Initial::glorotNormal, users, items, level, 1);
    if (itemBias) {
      Initial.normal(pair.table(TrainablePair.ITEM_BIAS), 1, 1);
    }
    if (level) {
      pair.table(TrainablePair.SCORE_BIAS).values()[0] = 0.75f;
    }
    float[] trained = trained(pair.model(), users, items);
    float[] served = served(pair.servable(), users, items);
    for (int i = 0; i < trained.length; i++) {
      assertThat(served[i]).isCloseTo(trained[i], within(score.isInnerProduct() ? 1e-5f : 0));
    }
  }

  /** Of a distance, half is served, less what is the same for all items of a user. */
  @Test
  void servedDistancesRankAsTheTrainedOnes() {
    PairShape shape =
        new PairShape(
            PairShape.Score.EUCLIDEAN,
            7,
            3,
            List.of(6, 4),
            false,
            0.5,
            PairShape.PredictionInit.FAN_IN);
    int users = 5;
    int items = 40;
    TrainablePair pair = TrainablePair.start(shape, Initial::glorotNormal, users, items, false, 1);
    float[] trained = trained(pair.model(), users, items);
    float[] served = served(pair.servable(), users, items);
    for (int u = 0; u < users; u++) {
      float ofUser = 2 * served[u * items] - trained[u * items];
      for (int i = u * items; i < (u + 1) * items; i++) {
        assertThat(2 * served[i] - trained[i]).isCloseTo(ofUser, within(1e-5f));
      }
    }
  }

  private static float[] trained(PairModel model, int users, int items) {
    int[] all = new int[users];
    Batch batch = new Batch(users, users);
    batch.rows = users;
    for (int u = 0; u < users; u++) {
      all[u] = u;
      batch.posStart[u + 1] = u + 1;
    }
    Candidates c = new Candidates(Candidates.Layout.SHARED, users, items);
    c.begin(batch);
    for (int i = 0; i < items; i++) {
      c.ids[i] = i;
    }
    Matrix q = new Matrix(users, model.users().width());
    model.users().forward(all, 0, users, q);
    model.score().newScoring(users, items).score(q, c, 0, users);
    return c.score;
  }

  private static float[] served(ServableModel model, int users, int items) {
    QueryBlock queries = new QueryBlock(users);
    for (int u = 0; u < users; u++) {
      queries.append(u, new int[0], 0, 0);
    }
    Scorer.Block block = model.newBlock(users);
    block.load(queries);
    float[] scores = new float[users * items];
    block.score(0, items, scores);
    return scores;
  }

  /** Validation sees the tables as they stand, folded or not. */
  @ParameterizedTest
  @EnumSource(PairShape.Score.class)
  void validationMeasuresTheModelOfItsEpoch(PairShape.Score score) {
    HeldOut heldOut = SmallData.heldOut(TRAIN, 4);
    List<SortedMap<String, Double>> measured = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epochDone(int epoch, double loss, SortedMap<String, Double> validation) {
            measured.add(validation);
          }
        };
    Method<?> method = Methods.named("bpr");
    Settings settings = settings(method, score, "epochs", "8", "learning-rate", "0.03");
    TrainedModel trained =
        SmallRuns.fit(
            method,
            settings,
            TRAIN,
            Run.seeded(1)
                .withListener(listener)
                .withValidation(new Validation(heldOut, "ndcg@5", 1, 0)));
    try (Workers workers = new Workers(1)) {
      Evaluator evaluator =
          new Evaluator(heldOut, TRAIN, List.of(MetricId.parse("ndcg@5")), workers);
      assertThat(evaluator.measure(trained.model()).get("ndcg@5"))
          .isEqualTo(measured.get(trained.epochs() - 1).get("ndcg@5"));
    }
    assertThat(measured.stream().map(m -> m.get("ndcg@5")).distinct().count()).isGreaterThan(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = PairShape.Score.class,
      names = {"EUCLIDEAN", "MLP", "NEUMF"})
  void samplersThatNeedInnerProductsAreRefused(PairShape.Score score) {
    Method<?> method = Methods.named("pris");
    Settings settings = settings(method, score, "sampler", "cluster-uniform");

    assertThatThrownBy(() -> SmallRuns.fit(method, settings, TRAIN, Run.seeded(1)))
        .isInstanceOfSatisfying(
            TamisException.class, e -> assertThat(e.kind()).isEqualTo(TamisException.Kind.CONFIG))
        .hasMessage(
            "the sampler chosen for method 'pris' draws by inner products, but score "
                + PairShape.SCORE.format(score)
                + " is none; choose another sampler, such as uniform, or score dot or gmf");
  }

  @Test
  void sharedNegativesBesideLayersAreRefused() {
    Method<?> method = Methods.named("sampled-softmax");
    Settings settings = settings(method, PairShape.Score.NEUMF, "shared-negatives", "true");

    assertThatThrownBy(() -> SmallRuns.fit(method, settings, TRAIN, Run.seeded(1)))
        .isInstanceOfSatisfying(
            TamisException.class, e -> assertThat(e.kind()).isEqualTo(TamisException.Kind.CONFIG))
        .hasMessage(
            "negatives that rows share are scored by inner products, but score neumf is none; draw"
                + " negatives for each row, or choose score dot or gmf");
  }

  @Test
  void itemBiasBesideLayersIsRefused() {
    Method<?> method = Methods.named("bpr");
    Settings settings = settings(method, PairShape.Score.MLP, "item-bias", "true");

    assertThatThrownBy(() -> method.read(settings))
        .isInstanceOf(TamisException.class)
        .hasMessage(
            "item-bias goes with score dot or gmf, but score is mlp; leave item-bias out, or choose"
                + " one of those scores");
  }
}
