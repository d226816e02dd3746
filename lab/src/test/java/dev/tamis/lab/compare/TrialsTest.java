package dev.tamis.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tamis.kernels.Workers;
import dev.tamis.lab.Budget;
import dev.tamis.lab.Protocol;
import dev.tamis.lab.SmallGround;
import dev.tamis.lab.Trial;
import dev.tamis.lab.page.Json;
import dev.tamis.train.TrainingListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialsTest {
  private static final Protocol PROTOCOL = SmallGround.protocol();
  private static final List<String> NAMES = List.of("bpr", "mult-vae", "most-popular");

  @TempDir private Path directory;

  private Trials trials(String name, Budget budget) {
    return new Trials(SmallGround.eagerStore(directory.resolve(name)), budget, 1);
  }

  private void runAll(Trials trials, Trials.Announcer announcer) {
    for (long seed = 1; seed <= 2; seed++) {
      for (String name : NAMES) {
        trials.run(name, SmallGround.trial(PROTOCOL, name, seed), announcer);
      }
    }
  }

  private String document(Trials trials) {
    try (Workers workers = new Workers(2)) {
      return Json.write(
          ComparisonDocument.tree(
              Optional.of(
                  Comparison.of(
                      trials.contenders(NAMES),
                      new Question("ndcg@10", Optional.empty(), 300, 1),
                      PROTOCOL.data().test().orElseThrow().input(),
                      workers)),
              trials.notRun(),
              false));
    }
  }

  /** Stopped in the middle of each trial in turn, what comes out in the end is the same. */
  @Test
  void comparisonThatWasStoppedGoesOnToTheSameReport() {
    Trials whole = trials("whole", Budget.unlimited());
    runAll(whole, (contender, trial, done) -> TrainingListener.SILENT);
    int stops = 0;
    Trials parts = null;
    for (boolean ended = false; !ended; ) {
      parts = trials("parts", Budget.unlimited());
      try {
        runAll(parts, (contender, trial, done) -> new StopsIn(4));
        ended = true;
      } catch (Stop stop) {
        stops++;
        assertThat(stops).isLessThan(100);
      }
    }
    assertThat(stops).isGreaterThan(3);
    assertThat(document(parts)).isEqualTo(document(whole));
  }

  @Test
  void whatDoesNotFitIsListedAndNotBegun() {
    Trials none = trials("none", Budget.seconds(1e-9));
    runAll(
        none,
        (contender, trial, done) -> {
          throw new AssertionError("begun");
        });
    assertThat(none.contenders(NAMES)).isEmpty();
    assertThat(none.notRun()).hasSize(6);
    assertThat(none.notRun().get(0)).isEqualTo(new NotRun("bpr", 1, "the budget is spent"));

    // Trials that are finished are read without a budget.
    Trials before = trials("before", Budget.unlimited());
    before.run("bpr", SmallGround.trial(PROTOCOL, "bpr", 1), (c, t, d) -> TrainingListener.SILENT);
    Trials after = trials("before", Budget.seconds(1e-9));
    runAll(after, (contender, trial, done) -> TrainingListener.SILENT);
    assertThat(after.contenders(NAMES)).hasSize(1);
    assertThat(after.notRun()).hasSize(5);
  }

  @Test
  void trialInWhichTheBudgetEndsIsStopped() {
    Trial trial = SmallGround.trial(PROTOCOL, "bpr", 1, "epochs", "100000");
    Trials trials = trials("middle", Budget.seconds(2));
    trials.run("bpr", trial, (contender, next, done) -> TrainingListener.SILENT);
    assertThat(trials.notRun()).hasSize(1);
    assertThat(trials.notRun().get(0).reason()).startsWith("the budget ended in the middle of it");
  }

  @Test
  void trialThatFailsByItsOwnNumbersIsListed() {
    Trials trials = trials("fails", Budget.unlimited());
    Trial trial =
        SmallGround.trial(
            PROTOCOL,
            "bpr",
            1,
            "learning-rate",
            "10",
            "epochs",
            "500",
            "optimizer",
            "sgd",
            "batch-size",
            "8");
    trials.run("bpr", trial, (contender, next, done) -> TrainingListener.SILENT);
    assertThat(trials.notRun().get(0).reason()).contains("lower the learning rate");
  }

  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static final class StopsIn implements TrainingListener {
    private int left;

    StopsIn(int epochs) {
      this.left = epochs;
    }

    @Override
    public void epochPrepared(int epoch) {
      if (--left == 0) {
        throw new Stop();
      }
    }
  }
}
