package dev.tamis.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CmlTest {
  private static final int DIM = 5;
  private static final int NEGATIVES = 4;
  private static final int EPOCHS = 5;
  private static final int BATCH = 60;
  private static final double MARGIN = 0.7;
  private static final long SEED = 11;
  private static final Interactions TRAIN = SmallData.longTailed(40, 30, 12, 3);

  private static Settings settings(String... more) {
    String[] all = {
      "dim", "" + DIM,
      "negatives", "" + NEGATIVES,
      "epochs", "" + EPOCHS,
      "batch-size", "" + BATCH,
      "margin", "" + MARGIN,
      "learning-rate", "0.1"
    };
    String[] both = Arrays.copyOf(all, all.length + more.length);
    System.arraycopy(more, 0, both, all.length, more.length);
    return SmallRuns.settings(new Cml(), both);
  }

  /** Users, then items, in double, and the steps of the authors' code on whole batches. */
  private static final class Textbook {
    final double[] x = new double[(TRAIN.userCount() + TRAIN.itemCount()) * DIM];
    final double[] squares = new double[x.length];
    int idle; // pairs without a violator

    Textbook() {
      double deviation = 1 / Math.sqrt(DIM);
      start(new Table("users", TRAIN.userCount(), DIM), 0, deviation);
      start(new Table("items", TRAIN.itemCount(), DIM), TRAIN.userCount() * DIM, deviation);
      Arrays.fill(squares, 0.1);
      clip();
    }

    private void start(Table table, int at, double deviation) {
      Initial.normal(table, SEED, deviation);
      for (int i = 0; i < table.values().length; i++) {
        x[at + i] = table.values()[i];
      }
    }

    private static int user(int user) {
      return user * DIM;
    }

    private static int item(int item) {
      return (TRAIN.userCount() + item) * DIM;
    }

    private double distance(int a, int b) {
      double sum = 0;
      for (int k = 0; k < DIM; k++) {
        sum += (x[a + k] - x[b + k]) * (x[a + k] - x[b + k]);
      }
      return sum;
    }

    private void addPull(double times, int a, int b, double[] gradient) {
      for (int k = 0; k < DIM; k++) {
        gradient[a + k] += 2 * times * (x[a + k] - x[b + k]);
        gradient[b + k] += 2 * times * (x[b + k] - x[a + k]);
      }
    }

    void step(Batch batch, int[] drawn) {
      double[] gradient = new double[x.length];
      for (int r = 0; r < batch.rows; r++) {
        int user = user(batch.users[r]);
        int positive = item(batch.posIds[r]);
        int nearest = -1;
        int impostors = 0;
        for (int n = 0; n < NEGATIVES; n++) {
          int negative = item(drawn[r * NEGATIVES + n]);
          impostors += distance(user, positive) - distance(user, negative) + MARGIN > 0 ? 1 : 0;
          if (nearest < 0 || distance(user, negative) < distance(user, nearest)) {
            nearest = negative;
          }
        }
        if (impostors == 0) {
          idle++;
          continue;
        }
        double weight = Math.log(1 + TRAIN.itemCount() * (double) impostors / NEGATIVES);
        addPull(weight, user, positive, gradient);
        addPull(-weight, user, nearest, gradient);
      }
      for (int i = 0; i < x.length; i++) {
        squares[i] += gradient[i] * gradient[i];
        x[i] -= 0.1 * gradient[i] / Math.sqrt(squares[i]);
      }
      clip();
    }

    private void clip() {
      for (int at = 0; at < x.length; at += DIM) {
        double square = 0;
        for (int k = 0; k < DIM; k++) {
          square += x[at + k] * x[at + k];
        }
        for (int k = 0; k < DIM && square > 1; k++) {
          x[at + k] /= Math.sqrt(square);
        }
      }
    }

    void learnAll() {
      UniformProposal proposal = new UniformProposal(new PositiveSets(TRAIN));
      PairBatches batches = new PairBatches(TRAIN, BATCH);
      Batch batch = batches.newBatch();
      Candidates drawn = new Candidates(Candidates.Layout.PER_ROW, BATCH, NEGATIVES);
      long step = 0;
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        batches.shuffle(SEED, epoch);
        for (long s = 0; s < batches.batchesPerEpoch(); s++) {
          batches.fill(batch, s);
          drawn.begin(batch);
          Pass pass = new Pass(SEED, epoch, step++);
          proposal.propose(batch, 0, batch.rows, new Matrix(BATCH, DIM), drawn, pass, new Rng());
          step(batch, drawn.ids);
        }
      }
    }
  }

  @Test
  void stepsAreThoseOfTheAuthors() {
    Textbook textbook = new Textbook();
    textbook.learnAll();
    TrainedModel trained = SmallRuns.fit(new Cml(), settings(), TRAIN, Run.seeded(SEED));
    float[][] values = SmallRuns.values(trained);

    assertThat(textbook.idle).as("of all pairs, some were left alone").isBetween(20, 1000);
    int n = 0;
    for (int t = 0; t < 2; t++) {
      for (float value : values[t]) {
        assertThat((double) value).as("number %d", n).isCloseTo(textbook.x[n++], within(1e-4));
      }
    }
    assertThat(n).isEqualTo(textbook.x.length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"adagrad", "sgd", "adam", "adam-sparse"})
  void pointsStayInTheUnitBall(String optimizer) {
    TrainedModel trained =
        SmallRuns.fit(new Cml(), settings("optimizer", optimizer), TRAIN, Run.seeded(SEED));
    float[][] values = SmallRuns.values(trained);
    double longest = 0;
    for (int t = 0; t < 2; t++) {
      for (int at = 0; at < values[t].length; at += DIM) {
        double square = 0;
        for (int k = 0; k < DIM; k++) {
          square += (double) values[t][at + k] * values[t][at + k];
        }
        longest = Math.max(longest, Math.sqrt(square));
      }
    }
    assertThat(longest).isBetween(1 - 1e-6, 1 + 1e-6);
  }

  @Test
  void optimizerThatPutsMovesOffIsRefused() {
    Settings settings = settings("optimizer", "adam-lazy");

    assertThatThrownBy(() -> SmallRuns.fit(new Cml(), settings, TRAIN, Run.seeded(1)))
        .isInstanceOf(TamisException.class)
        .hasMessageStartingWith("vectors are kept in the unit ball after every step, but");
  }
}
