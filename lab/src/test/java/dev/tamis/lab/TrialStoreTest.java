package dev.tamis.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.eval.Evaluation;
import dev.tamis.eval.Evaluator;
import dev.tamis.eval.Metrics;
import dev.tamis.kernels.Workers;
import dev.tamis.method.Bpr;
import dev.tamis.train.Run;
import dev.tamis.train.TrainingListener;
import dev.tamis.train.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrialStoreTest {
  private static final Protocol PROTOCOL = SmallGround.protocol();

  @TempDir private Path directory;

  private TrialStore store(String name) {
    return SmallGround.eagerStore(directory.resolve(name));
  }

  /** What a trial finds is what training and evaluating by hand find. */
  @Test
  void trialIsTrainingAndEvaluation() {
    TrainingData data = PROTOCOL.data();
    Bpr bpr = new Bpr();
    Settings settings = Settings.parse("bpr", bpr.options(), Map.of("epochs", "3"));
    Validation validation = new Validation(data.validation().orElseThrow(), "ndcg@10", 2, 0);
    TrainedModel model =
        bpr.fit(data.train(), bpr.read(settings), Run.seeded(5).withValidation(validation));
    Evaluation expected;
    try (Workers workers = new Workers(1)) {
      expected =
          new Evaluator(data.test().orElseThrow(), data.train(), Metrics.at(5, 10), workers)
              .evaluate(model.model());
    }

    FinishedTrial trial =
        store("one").run(new Trial(PROTOCOL, bpr, settings, 5), 2, TrainingListener.SILENT);

    Evaluation found = trial.result().evaluation().orElseThrow();
    assertThat(found.metrics()).isEqualTo(expected.metrics()).containsKeys("coverage@10", "gini@5");
    assertThat(found.perUser().of("recall@5")).isEqualTo(expected.perUser().of("recall@5"));
    assertThat(found.perUser().users()).isEqualTo(expected.perUser().users());
    assertThat(trial.result().epochs()).isEqualTo(model.epochs());
    assertThat(trial.result().curve()).hasSize(3);
    assertThat(trial.result().curve().get(0).validation()).isEmpty();
    assertThat(trial.result().curve().get(1).validation()).containsKeys("ndcg@10", "recall@10");
    assertThat(trial.result().validation()).isPresent();
    assertThat(trial.result().modelBytes())
        .isEqualTo(model.model().tables().stream().mapToLong(t -> 4L * t.values().length).sum());
    assertThat(trial.cost().plannedBytes()).isGreaterThan(trial.result().modelBytes());
    assertThat(trial.cost().trainSeconds()).isPositive();
  }

  @Test
  void finishedTrialIsFoundAndNotRunAgain() {
    Trial trial = SmallGround.trial(PROTOCOL, "bpr", 1);
    TrialStore store = store("found");
    assertThat(store.find(trial.key())).isEmpty();
    FinishedTrial ran = store.run(trial, 1, TrainingListener.SILENT);

    FinishedTrial found = store("found").run(trial, 1, new FailsAt(1));

    assertThat(found.key()).isEqualTo(ran.key());
    assertThat(found.cost()).isEqualTo(ran.cost());
    assertThat(found.result().curve()).isEqualTo(ran.result().curve());
    assertThat(found.result().evaluation().orElseThrow().metrics())
        .isEqualTo(ran.result().evaluation().orElseThrow().metrics());
    for (int part = 0; part < ran.result().popularity().size(); part++) {
      assertThat(found.result().popularity().get(part).recall())
          .isEqualTo(ran.result().popularity().get(part).recall());
    }
    assertThat(found.result().popularity()).hasSameSizeAs(ran.result().popularity()).isNotEmpty();
    assertThat(store.all()).hasSize(1);
    assertThat(store.find(SmallGround.trial(PROTOCOL, "bpr", 2).key())).isEmpty();
    assertThat(store.find(SmallGround.trial(PROTOCOL, "bpr", 1, "dim", "9").key())).isEmpty();
  }

  /** Whether it trains once, or one model after another; on one thread or two. */
  @ParameterizedTest
  @ValueSource(strings = {"bpr", "neu-mf", "mult-vae", "irgan", "most-popular"})
  void stoppedTrialGoesOnToTheBytesOfOneThatWasNot(String method) throws IOException {
    Trial trial = SmallGround.trial(PROTOCOL, method, 3, options(method));
    store("whole").run(trial, 1, TrainingListener.SILENT);
    for (int epochs = 1; epochs <= 7; epochs += 2) {
      String name = "parts" + epochs;
      for (int stops = 0; stops < 30; stops++) {
        try {
          store(name).run(trial, 2, new FailsAt(epochs));
          break;
        } catch (Stop stop) {
          assertThat(store(name).hasBegun(trial.key())).isTrue();
          assertThat(store(name).all()).isEmpty();
        }
      }
      assertThat(store(name).hasBegun(trial.key())).isFalse();
      assertThat(result(name)).isEqualTo(result("whole"));
      assertThat(files(name)).hasSize(2); // the checkpoints are gone
    }
  }

  private static String[] options(String method) {
    return switch (method) {
      case "irgan" -> new String[] {"pretrain-epochs", "3", "epochs", "4"};
      case "neu-mf" -> new String[] {"pretrain", "true", "epochs", "3"};
      case "mult-vae" -> new String[] {"kl-selection", "two-run", "epochs", "4"};
      default -> new String[0];
    };
  }

  @Test
  void damagedTrialIsRefused() throws IOException {
    Trial trial = SmallGround.trial(PROTOCOL, "most-popular", 1);
    store("damaged").run(trial, 1, TrainingListener.SILENT);
    Path file = trialFile("damaged");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    assertThatThrownBy(() -> store("damaged").find(trial.key()))
        .isInstanceOfSatisfying(
            TamisException.class, e -> assertThat(e.kind()).isEqualTo(TamisException.Kind.BAD_DATA))
        .hasMessageContaining(file.getFileName().toString());
  }

  @Test
  void trialsOnDifferentGroundsAreNotCompared() {
    TrialKey key = SmallGround.trial(PROTOCOL, "bpr", 1).key();
    key.requireComparable(SmallGround.trial(PROTOCOL, "pris", 2).key());

    Protocol otherSplit =
        new Protocol(
            SmallGround.data("random:0.7:0.1", 2),
            PROTOCOL.metrics(),
            new Protocol.Stopping("ndcg@10", 2, 0));
    Protocol otherMetrics =
        new Protocol(PROTOCOL.data(), Metrics.at(5), new Protocol.Stopping("ndcg@10", 2, 0));
    Protocol otherStop =
        new Protocol(PROTOCOL.data(), PROTOCOL.metrics(), new Protocol.Stopping("ndcg@10", 2, 3));

    assertThatThrownBy(() -> key.requireComparable(SmallGround.trial(otherSplit, "pris", 2).key()))
        .hasMessageStartingWith(
            "trials of bpr (seed 1) and pris (seed 2) were trained on other data (fingerprints ");
    for (Protocol other : List.of(otherMetrics, otherStop)) {
      assertThatThrownBy(() -> key.requireComparable(SmallGround.trial(other, "pris", 2).key()))
          .hasMessageContaining("have another protocol");
    }
    assertThat(otherMetrics.dataFingerprint()).isEqualTo(PROTOCOL.dataFingerprint());
  }

  private byte[] result(String name) throws IOException {
    return Files.readAllBytes(trialFile(name));
  }

  private Path trialFile(String name) throws IOException {
    return files(name).stream()
        .filter(file -> file.toString().endsWith(".trial"))
        .findFirst()
        .orElseThrow();
  }

  private List<Path> files(String name) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve(name))) {
      return files.toList();
    }
  }

  /** What stands for a kill: nothing after it is written. */
  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Stops when so many epochs were prepared, that is, in the middle of one. */
  private static final class FailsAt implements TrainingListener {
    private int left;

    FailsAt(int epochs) {
      this.left = epochs + 1;
    }

    @Override
    public void epochPrepared(int epoch) {
      if (--left == 0) {
        throw new Stop();
      }
    }
  }
}
