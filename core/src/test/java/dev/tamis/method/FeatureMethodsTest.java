package dev.tamis.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.data.IdMap;
import dev.tamis.data.Interactions;
import dev.tamis.data.feature.ColumnKind;
import dev.tamis.data.feature.FeatureColumn;
import dev.tamis.data.feature.Features;
import dev.tamis.data.feature.SideFeatures;
import dev.tamis.kernels.Workers;
import dev.tamis.model.TwoTowerModel;
import dev.tamis.rank.Query;
import dev.tamis.rank.Recommender;
import dev.tamis.sample.SmallData;
import dev.tamis.train.MemoryCheckpoints;
import dev.tamis.train.Run;
import dev.tamis.train.TrainingListener;
import dev.tamis.train.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What methods keep that are trained on features. */
class FeatureMethodsTest {
  private static final Interactions TRAIN = SmallData.longTailed(70, 50, 12, 1);

  /** Items of five kinds and a number; users of two kinds. */
  static final SideFeatures FEATURES = features(5);

  private static SideFeatures features(int kinds) {
    float[] numbers = new float[TRAIN.itemCount()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i % 11 == 0 ? Float.NaN : i * i % 17;
    }
    return new SideFeatures(
        Optional.of(
            new Features(
                TRAIN.items(),
                List.of(kinds(TRAIN.itemCount(), kinds), FeatureColumn.of("number", numbers)))),
        Optional.of(new Features(TRAIN.users(), List.of(kinds(TRAIN.userCount(), 2)))));
  }

  private static FeatureColumn kinds(int rows, int kinds) {
    String[] names = new String[kinds];
    for (int k = 0; k < kinds; k++) {
      names[k] = "kind" + k;
    }
    int[] start = new int[rows + 1];
    int[] values = new int[rows];
    for (int i = 0; i < rows; i++) {
      start[i + 1] = i + 1;
      values[i] = i % kinds;
    }
    return FeatureColumn.of("kind", ColumnKind.CATEGORICAL, IdMap.of(names), start, values);
  }

  private static <O extends Record> TrainedModel fit(
      Method<O> method, Settings settings, SideFeatures features, Run run) {
    return method.fit(TRAIN, features, method.read(settings), run);
  }

  private static TrainedModel fit(String name, SideFeatures features, Run run, String... options) {
    Method<?> method = Methods.named(name);
    return fit(method, SmallRuns.settings(method, options), features, run);
  }

  @ParameterizedTest
  @CsvSource({
    "ssl, temperature=0.2",
    "ssl-pop, temperature=0.2",
    "mixed-negatives, temperature=0.2",
    "g-tower, temperature=0.2",
    "bir, temperature=0.2",
    "xir, temperature=0.2",
    "sampled-softmax, temperature=0.2",
    "sampled-softmax, shared-negatives=false",
    "sampled-softmax, shared-negatives=false sampler=midx-uniform",
  })
  void theResultDependsOnFeaturesAndNotOnThreads(String name, String more) {
    String[] options = ("item-layers=6 normalize=true " + more).split("[= ]");
    TrainedModel one = fit(name, FEATURES, Run.seeded(6).withThreads(1), options);
    TrainedModel three = fit(name, FEATURES, Run.seeded(6).withThreads(3), options);
    assertThat(SmallRuns.values(three)).isDeepEqualTo(SmallRuns.values(one));
    assertThat(one.model().kind()).isEqualTo("towers");
    assertThat(one.model().ranksUnseenUsers()).isTrue();
    assertThat(SmallRuns.values(fit(name, features(4), Run.seeded(6), options)))
        .isNotEqualTo(SmallRuns.values(one));
    assertThat(SmallRuns.values(fit(name, FEATURES, Run.seeded(7), options)))
        .isNotEqualTo(SmallRuns.values(one));
  }

  @ParameterizedTest
  @CsvSource({
    "item-layers, '6,4'",
    "user-layers, 3",
    "normalize, true",
    "temperature, 0.5",
    "item-ids, false",
    "user-ids, false",
    "min-value-count, 11"
  })
  void everyOptionOfTowersCounts(String option, String value) {
    float[][] plain = SmallRuns.values(fit("ssl-pop", FEATURES, Run.seeded(6)));
    assertThat(SmallRuns.values(fit("ssl-pop", FEATURES, Run.seeded(6), option, value)))
        .isNotEqualTo(plain);
  }

  /** Without features, towers are made of ids. */
  @Test
  void layersAndLengthsGoWithIdsAlone() {
    TrainedModel model = fit("ssl-pop", SideFeatures.NONE, Run.seeded(6), "normalize", "true");
    assertThat(model.model().kind()).isEqualTo("towers");
    assertThat(model.model().encodings().isEmpty()).isTrue();
    assertThat(fit("ssl-pop", SideFeatures.NONE, Run.seeded(6)).model().kind())
        .isEqualTo("factors");
  }

  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void stoppedRunEndsWithTheBytesOfAWholeRun() {
    Run run =
        Run.seeded(8)
            .withThreads(2)
            .withValidation(new Validation(SmallData.heldOut(TRAIN, 4), "ndcg@5", 1, 0));
    String[] more = {
      "epochs",
      "6",
      "item-layers",
      "6",
      "optimizer",
      "adam-lazy",
      "weight-decay",
      "0",
      "item-bias",
      "true"
    };
    TrainedModel whole = fit("ssl-pop", FEATURES, run, more);
    MemoryCheckpoints kept = new MemoryCheckpoints(1);
    for (int stop : new int[] {30, 45, 70}) {
      TrainingListener stops =
          new TrainingListener() {
            private int left = stop;

            @Override
            public void stepDone(int epoch, long step, long stepsPerEpoch) {
              if (left-- == 0) {
                throw new Stopped();
              }
            }
          };
      assertThatThrownBy(
              () -> fit("ssl-pop", FEATURES, run.withCheckpoints(kept).withListener(stops), more))
          .isInstanceOf(Stopped.class);
    }
    assertThat(kept.written()).isPositive();
    assertThatThrownBy(() -> fit("ssl-pop", features(4), run.withCheckpoints(kept), more))
        .isInstanceOf(TamisException.class);
    TrainedModel resumed = fit("ssl-pop", FEATURES, run.withCheckpoints(kept), more);
    assertThat(SmallRuns.values(resumed)).isDeepEqualTo(SmallRuns.values(whole));
  }

  /** The last item is nobody's: its vector is that of its features. */
  @Test
  void itemsOutsideTrainingAreTheirFeatures() {
    int cold = TRAIN.itemCount() - 1;
    assertThat(TRAIN.itemCounts()[cold]).isZero();
    TrainedModel model = fit("ssl-pop", FEATURES, Run.seeded(6));
    Features alone =
        new Features(
            IdMap.of("new"),
            List.of(
                FeatureColumn.of(
                    "kind",
                    ColumnKind.CATEGORICAL,
                    IdMap.of("kind" + cold % 5),
                    new int[] {0, 1},
                    new int[] {0}),
                FeatureColumn.of("number", new float[] {cold * cold % 17})));
    TwoTowerModel towers = (TwoTowerModel) model.model();
    float[] made = towers.withItems(alone).itemVectors().orElseThrow().values();
    float[] items = towers.itemVectors().orElseThrow().values();
    assertThat(made).hasSize(items.length + 7);
    for (int k = 0; k < 7; k++) {
      assertThat(made[items.length + k]).isEqualTo(items[cold * 7 + k]);
    }
  }

  @Test
  void usersOutsideTrainingAreTheirHistory() {
    TrainedModel model = fit("ssl-pop", FEATURES, Run.seeded(6), "normalize", "true");
    try (Workers workers = new Workers(2)) {
      Recommender recommender = new Recommender(model.model(), workers);
      assertThat(recommender.recommend(Query.ofHistory(1, 3), 5).itemsOf(0)).hasSize(5);
    }
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    refused("bpr", FEATURES, "method 'bpr' takes no features; leave them out, or train one that");
    refused("mult-vae", FEATURES, "method 'mult-vae' takes no features");
    refused("ssl", FEATURES, "towers make vectors for score dot, but score is gmf", "score", "gmf");
    refused(
        "ssl",
        SideFeatures.NONE,
        "item-ids=false leaves nothing to tell items apart by; give --item-features FILE",
        "item-ids",
        "false");
  }

  /** Row i of other features is not item i, even if there are as many. */
  @Test
  void featuresAreThoseOfTheTrainingData() {
    for (int more : new int[] {0, 3, -3}) {
      Features items = numbers("other", TRAIN.itemCount() + more);
      refused(
          "ssl",
          new SideFeatures(Optional.of(items), Optional.empty()),
          "the item features are of " + items.ids().size() + " ids such as 'other0', 'other");
      Features users = numbers("other", TRAIN.userCount() + more);
      refused(
          "xir",
          new SideFeatures(Optional.empty(), Optional.of(users)),
          "the user features are of " + users.ids().size() + " ids such as 'other0', 'other");
    }
  }

  private static Features numbers(String name, int rows) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      ids.add(name + i);
    }
    return new Features(IdMap.of(ids), List.of(FeatureColumn.of("number", new float[rows])));
  }

  private static void refused(
      String name, SideFeatures features, String message, String... options) {
    assertThatThrownBy(() -> fit(name, features, Run.seeded(1), options))
        .isInstanceOf(TamisException.class)
        .hasMessageStartingWith(message);
  }
}
