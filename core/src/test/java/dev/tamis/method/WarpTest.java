package dev.tamis.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Initial;
import dev.tamis.model.Pass;
import dev.tamis.model.Table;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.SmallData;
import dev.tamis.sample.proposal.UniformProposal;
import dev.tamis.train.PairBatches;
import dev.tamis.train.Run;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WarpTest {
  private static final int DIM = 5;
  private static final int TRIALS = 4;
  private static final int EPOCHS = 6;
  private static final long SEED = 11;
  private static final Interactions TRAIN = SmallData.longTailed(40, 30, 12, 3);

  /** Parameters and their sums of squares, moved one number at a time. */
  private static final class Plain {
    final double[] values;
    final double[] squares;

    Plain(Table start) {
      values = new double[start.values().length];
      for (int i = 0; i < values.length; i++) {
        values[i] = start.values()[i];
      }
      squares = new double[values.length];
      Arrays.fill(squares, 1);
    }

    void move(int i, double gradient) {
      squares[i] += gradient * gradient;
      values[i] -= 0.05 * gradient / Math.sqrt(squares[i]);
    }
  }

  /** The loop as one would write it down: pair by pair, with the same start, order and draws. */
  private static final class Textbook {
    final Plain users = start("users", TRAIN.userCount());
    final Plain items = start("items", TRAIN.itemCount());
    final Plain bias = new Plain(new Table("item-bias", TRAIN.itemCount(), 1));
    int updates;

    private static Plain start(String name, int rows) {
      return new Plain(Initial.uniform(new Table(name, rows, DIM), SEED, 0.5 / DIM));
    }

    double score(int user, int item) {
      double score = bias.values[item];
      for (int k = 0; k < DIM; k++) {
        score += users.values[user * DIM + k] * items.values[item * DIM + k];
      }
      return score;
    }

    void learn(int user, int positive, int[] drawn) {
      for (int trial = 1; trial <= TRIALS; trial++) {
        int negative = drawn[trial - 1];
        if (score(user, negative) > score(user, positive) - 1) {
          double weight = Math.min(10, Math.log(Math.max(1, (TRAIN.itemCount() - 1) / trial)));
          for (int k = 0; k < DIM; k++) {
            double u = users.values[user * DIM + k];
            double lead = items.values[positive * DIM + k] - items.values[negative * DIM + k];
            users.move(user * DIM + k, -weight * lead);
            items.move(positive * DIM + k, -weight * u);
            items.move(negative * DIM + k, weight * u);
          }
          bias.move(positive, -weight);
          bias.move(negative, weight);
          updates++;
          return;
        }
      }
    }

    void learnAll() {
      UniformProposal proposal = new UniformProposal(new PositiveSets(TRAIN));
      PairBatches batches = new PairBatches(TRAIN, 1);
      Batch batch = batches.newBatch();
      Candidates drawn = new Candidates(Candidates.Layout.PER_ROW, 1, TRIALS);
      long step = 0;
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        batches.shuffle(SEED, epoch);
        for (long s = 0; s < batches.batchesPerEpoch(); s++) {
          batches.fill(batch, s);
          drawn.begin(batch);
          Pass pass = new Pass(SEED, epoch, step++);
          proposal.propose(batch, 0, 1, new Matrix(1, DIM), drawn, pass, new Rng());
          learn(batch.users[0], batch.posIds[0], drawn.ids);
        }
      }
    }
  }

  @Test
  void batchesOfOnePairAreTheTextbookLoop() {
    Textbook textbook = new Textbook();
    textbook.learnAll();
    Warp warp = new Warp();
    Settings settings =
        SmallRuns.settings(
            warp,
            "dim",
            "" + DIM,
            "negatives",
            "" + TRIALS,
            "epochs",
            "" + EPOCHS,
            "batch-size",
            "1",
            "learning-rate",
            "0.05");
    TrainedModel trained = SmallRuns.fit(warp, settings, TRAIN, Run.seeded(SEED));

    assertThat(textbook.updates).as("of all pairs, some were left alone").isBetween(500, 1300);
    float[][] values = SmallRuns.values(trained);
    double[][] expected = {textbook.users.values, textbook.items.values, textbook.bias.values};
    for (int t = 0; t < 3; t++) {
      for (int i = 0; i < expected[t].length; i++) {
        assertThat((double) values[t][i])
            .as("%d, %d", t, i)
            .isCloseTo(expected[t][i], within(1e-5));
      }
    }
  }
}
