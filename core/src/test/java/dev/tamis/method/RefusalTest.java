package dev.tamis.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.sample.SmallData;
import dev.tamis.train.MemoryCheckpoints;
import dev.tamis.train.Run;
import dev.tamis.train.TrainingListener;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {
  /** From outside an interrupt comes in the midst of a step, while other threads are at work. */
  @ParameterizedTest
  @ValueSource(strings = {"bpr", "mult-vae"})
  void interruptFromAnotherThreadIsAnsweredWithASentence(String name) throws Exception {
    Method<?> method = Methods.named(name);
    Interactions train = SmallData.longTailed(200, 100, 20, 1);
    Thread training = Thread.currentThread();
    TrainingListener listener =
        new TrainingListener() {
          private Thread other;

          @Override
          public void stepDone(int epoch, long step, long stepsPerEpoch) {
            if (other == null) {
              other = new Thread(training::interrupt);
              other.start(); // strikes some steps later
            }
          }
        };
    MemoryCheckpoints checkpoints = new MemoryCheckpoints(1);

    assertThatThrownBy(
            () ->
                SmallRuns.fit(
                    method,
                    SmallRuns.settings(method, "epochs", "100000"),
                    train,
                    Run.seeded(1)
                        .withThreads(3)
                        .withCheckpoints(checkpoints)
                        .withListener(listener)))
        .isInstanceOfSatisfying(
            TamisException.class,
            e -> assertThat(e.kind()).isEqualTo(TamisException.Kind.INTERRUPTED));
    assertThat(Thread.interrupted()).isTrue();
  }

  /** A machine with memory enough has no array that is long enough. */
  @ParameterizedTest
  @ValueSource(strings = {"mult-vae", "mult-dae", "cdae"})
  void batchWhoseScoresFitIntoNoArrayIsRefused(String name) {
    Method<?> method = Methods.named(name);
    Settings settings = SmallRuns.settings(method, "batch-size", "32768");
    Interactions train = SmallData.of(90_000, new int[] {7});

    assertThatThrownBy(() -> SmallRuns.fit(method, settings, train, Run.seeded(1)))
        .isInstanceOfSatisfying(
            TamisException.class, e -> assertThat(e.kind()).isEqualTo(TamisException.Kind.CONFIG))
        .hasMessageStartingWith("scores of all items for a batch: 32768 x 90000 are more than")
        .hasMessageContaining("at most 23860 x 90000; make batch-size");
  }

  @Test
  void nothingToTrainOnIsSaid() {
    Interactions nothing = SmallData.of(3, new int[0], new int[0]);
    for (Method<?> method : Methods.all()) {
      for (String sampler : List.of("uniform", "popularity")) {
        if (method instanceof MostPopular) {
          continue;
        }
        Settings settings = SmallRuns.settings(method, "sampler", sampler);
        assertThatThrownBy(() -> SmallRuns.fit(method, settings, nothing, Run.seeded(1)))
            .as(method.name())
            .isInstanceOfSatisfying(
                TamisException.class,
                e -> assertThat(e.kind()).isEqualTo(TamisException.Kind.BAD_DATA))
            .hasMessage("there is nothing to train on: the training data has no interactions");
      }
    }
  }
}
