package dev.tamis.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.eval.Evaluator;
import dev.tamis.eval.MetricId;
import dev.tamis.kernels.Workers;
import dev.tamis.model.Initial;
import dev.tamis.model.ServableModel;
import dev.tamis.rank.QueryBlock;
import dev.tamis.rank.Scorer;
import dev.tamis.sample.SmallData;
import dev.tamis.train.Run;
import dev.tamis.train.TrainingListener;
import dev.tamis.train.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class PretrainingTest {
  private static final int USERS = 6;
  private static final int ITEMS = 20;

  private static TrainablePair start(PairShape shape) {
    TrainablePair pair = TrainablePair.start(shape, Initial::glorotNormal, USERS, ITEMS, true, 3);
    for (String name : pair.values().keySet()) {
      Initial.normal(pair.table(name), 3, 0.6); // biases too
    }
    return pair;
  }

  private static float[] scores(ServableModel model, int users, int items) {
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

  @Test
  void firstScoresAreTheMeansOfThoseOfGmfAndMlp() {
    PairShape shape =
        new PairShape(
            PairShape.Score.NEUMF,
            7,
            3,
            List.of(6, 4),
            false,
            0.01,
            PairShape.PredictionInit.LECUN);
    TrainablePair gmf = start(shape.gmfPart());
    TrainablePair mlp = start(shape.mlpPart());
    TrainablePair both = start(shape);
    Pretraining.join(gmf, mlp, both);

    float[] ofGmf = scores(gmf.servable(), USERS, ITEMS);
    float[] ofMlp = scores(mlp.servable(), USERS, ITEMS);
    float[] ofBoth = scores(both.servable(), USERS, ITEMS);
    for (int i = 0; i < ofBoth.length; i++) {
      assertThat(ofBoth[i]).isCloseTo((ofGmf[i] + ofMlp[i]) / 2, within(1e-5f));
    }
  }

  /** What the last run starts from is what the methods GMF and MLP give with the same options. */
  @Test
  void startIsWhatGmfAndMlpWouldBe() {
    Interactions train = SmallData.longTailed(40, 30, 10, 1);
    Run run = Run.seeded(2).withThreads(1);
    TrainedModel gmf = fit("gmf", train, run, "dim", "3");
    TrainedModel mlp = fit("mlp", train, run, "dim", "5");
    List<SortedMap<String, Double>> measured = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epochDone(int epoch, double loss, SortedMap<String, Double> validation) {
            losses.add(loss);
            measured.add(validation);
          }
        };
    Run measuring =
        run.withListener(listener)
            .withValidation(new Validation(SmallData.heldOut(train, 4), "ndcg@5", 4, 0));
    fit("neu-mf", train, measuring, "dim", "5", "gmf-dim", "3", "pretrain", "true");

    assertThat(losses).hasSize(12);
    assertThat(measured.get(3).get("ndcg@5")).isEqualTo(ndcg(gmf, train));
    assertThat(measured.get(7).get("ndcg@5")).isEqualTo(ndcg(mlp, train));
    assertThat(losses.get(8)).isLessThan(losses.get(0)).isLessThan(losses.get(4));
  }

  private static double ndcg(TrainedModel model, Interactions train) {
    try (Workers workers = new Workers(1)) {
      return new Evaluator(
              SmallData.heldOut(train, 4), train, List.of(MetricId.parse("ndcg@5")), workers)
          .measure(model.model())
          .get("ndcg@5");
    }
  }

  private static TrainedModel fit(String name, Interactions train, Run run, String... others) {
    Method<?> method = Methods.named(name);
    Settings settings = SmallRuns.settings(method, others);
    return SmallRuns.fit(method, settings, train, run);
  }
}
