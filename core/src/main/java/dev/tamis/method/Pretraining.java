package dev.tamis.method;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.data.Interactions;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Table;
import dev.tamis.train.Run;
import java.util.SortedMap;

/**
 * NeuMF from a trained GMF and a trained MLP (He et al., WWW 2017, section 3.4.1): vectors and
 * hidden layers are theirs, prediction weights and bias are half of theirs, so that the first score
 * is the mean of both. The three runs share one place for checkpoints.
 *
 * @param method the method's name
 * @param options the method's options as text
 * @param pair NeuMF
 * @param parts sampler and loss
 */
record Pretraining(
    String method, SortedMap<String, String> options, PairOptions pair, PairMethod.Parts parts) {
  TrainedModel fit(Interactions train, Run run) {
    Phases phases = new Phases(run.checkpoints(), Identity.of(method, options, train, run));
    PairTraining ofGmf = training(pair.with(pair.shape().gmfPart()));
    PairTraining ofMlp = training(pair.with(pair.shape().mlpPart()));
    run.listener().note("GMF is trained first, then MLP, then NeuMF from both");
    TrainablePair gmf = ofGmf.start(train, run);
    gmf.take(
        phases.find(
            checkpoints -> {
              ofGmf.train(train, run.withCheckpoints(checkpoints), gmf);
              return gmf.values();
            }));
    TrainablePair mlp = ofMlp.start(train, run);
    mlp.take(
        phases.find(
            checkpoints -> {
              ofMlp.train(train, run.withCheckpoints(checkpoints), mlp);
              return mlp.values();
            }));
    PairTraining ofBoth = training(pair);
    TrainablePair both = ofBoth.start(train, run);
    join(gmf, mlp, both);
    // Another order and other negatives than those that GMF and MLP have seen.
    long seed = Rng.keyed(run.seed(), Stream.FINE_TUNING, 0, 0).nextLong();
    int epochs = ofBoth.train(train, run.withSeed(seed).withCheckpoints(phases.last()), both);
    return ofBoth.trained(train, run, both, epochs);
  }

  private PairTraining training(PairOptions of) {
    return new PairTraining(method, options, of, parts);
  }

  /** Fills in what NeuMF starts with. */
  static void join(TrainablePair gmf, TrainablePair mlp, TrainablePair both) {
    for (String name : both.values().keySet()) {
      Table to = both.table(name);
      switch (name) {
        case TrainablePair.USERS, TrainablePair.ITEMS ->
            besideEachOther(gmf.table(name), mlp.table(name), 1, to);
        case TrainablePair.PREDICTION ->
            besideEachOther(gmf.table(name), mlp.table(name), 0.5f, to);
        case TrainablePair.SCORE_BIAS ->
            to.values()[0] = 0.5f * (gmf.table(name).values()[0] + mlp.table(name).values()[0]);
        default ->
            System.arraycopy(mlp.table(name).values(), 0, to.values(), 0, to.values().length);
      }
    }
  }

  /** Rows of {@code left}, then of {@code right}, each number times a factor. */
  private static void besideEachOther(Table left, Table right, float factor, Table to) {
    for (int row = 0; row < to.rows(); row++) {
      for (int k = 0; k < to.width(); k++) {
        to.values()[to.at(row) + k] =
            factor
                * (k < left.width()
                    ? left.values()[left.at(row) + k]
                    : right.values()[right.at(row) + k - left.width()]);
      }
    }
  }
}
