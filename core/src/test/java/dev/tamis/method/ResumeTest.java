package dev.tamis.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.sample.SmallData;
import dev.tamis.train.MemoryCheckpoints;
import dev.tamis.train.Run;
import dev.tamis.train.TrainingListener;
import dev.tamis.train.Validation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is stopped at any step and goes on from its checkpoint ends with the same bytes. */
class ResumeTest {
  private static final Interactions TRAIN = SmallData.longTailed(60, 45, 10, 2);
  private static final int EPOCHS = 10;

  /** Stops like a crash, in the midst of an epoch. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static final class StopAfter implements TrainingListener {
    private int left;

    StopAfter(int steps) {
      left = steps;
    }

    @Override
    public void stepDone(int epoch, long step, long stepsPerEpoch) {
      if (left-- == 0) {
        throw new Stopped();
      }
    }
  }

  private static final class CountSteps implements TrainingListener {
    int steps;
    boolean stoppedEarly;

    @Override
    public void stepDone(int epoch, long step, long stepsPerEpoch) {
      steps++;
    }

    @Override
    public void stoppedEarly(int epoch, String reason) {
      stoppedEarly = true;
    }
  }

  private static Run run() {
    return Run.seeded(8)
        .withThreads(1)
        .withValidation(new Validation(SmallData.heldOut(TRAIN, 4), "ndcg@5", 1, 3));
  }

  private static Settings settings(Method<?> method, String option, String value) {
    return SmallRuns.settings(
        method, "epochs", Integer.toString(EPOCHS), "learning-rate", "0.03", option, value);
  }

  @ParameterizedTest
  @CsvSource({
    "bpr, sampler, uniform",
    "bpr, sampler, popularity",
    "bpr, optimizer, adam",
    "bpr, item-bias, true",
    "bpr, score, gmf",
    "bpr, score, neumf",
    "pris, score, mlp",
    "pris, sampler, cluster-popularity",
    "pris, sampler, cluster-popularity-joint",
    "pris, sampler, exact",
    "pris, sampler, midx-residual",
    "pris, sampler, midx-exact",
    "adasir, sampler, popularity",
    "adasir, weight, score-delta",
    "adasir, rank-weight, code",
    "dns, optimizer, adam-lazy",
    "aobpr, refresh-steps, 5",
    "kernel-sampling, refresh-steps, 7",
    "warp, optimizer, adagrad",
    "warp, optimizer, adam-lazy",
    "cml, optimizer, adagrad",
    "gmf, negatives, 4",
    "neu-mf, pretrain, false",
    "neu-mf, pretrain, true",
    "ssl-pop, remove-accidental-hits, true",
    "mixed-negatives, uniform-negatives, 9",
    "g-tower, frequency-rate, 0.1",
    "bir, resample, 5",
    "xir, cache-refresh, code",
    "xir, cache-refresh, paper",
    "srns, history, 2",
    "irgan, optimizer, sgd",
    "irgan, optimizer, adam-lazy",
    "irgan, pretrain-epochs, 0",
    "srns, item-bias, true",
    "mult-vae, kl-selection, given",
    "mult-vae, kl-selection, two-run",
    "mult-vae, kl-selection, freeze",
    "fast-vae, kl-selection, two-run",
    "fast-vae, kl-selection, freeze",
    "mult-vae, hidden, '9,6'",
    "gaussian-vae, kl-selection, two-run",
    "gaussian-dae, confidence-observed, 4",
    "logistic-vae, hidden, 0",
    "mult-vae, samples, 3",
    "cdae, weight-decay, 0",
    "cdae, output, identity",
    "logistic-dae, weight-decay, 0.001",
    "mult-dae, weight-decay, 0",
    "mult-dae, weight-decay, 0.01",
    "wrmf, solver, cholesky",
    "wrmf, lambda-exponent, 0.5"
  })
  void stoppedRunEndsWithTheBytesOfAWholeRun(String name, String option, String value) {
    Method<?> method = Methods.named(name);
    Settings settings = settings(method, option, value);
    CountSteps count = new CountSteps();
    // On two threads, and what is stopped on one: nor do bytes depend on where a run goes on.
    TrainedModel whole =
        SmallRuns.fit(method, settings, TRAIN, run().withThreads(2).withListener(count));
    int perEpoch = count.steps / EPOCHS + 2;
    // Early, late and in the midst of epochs in turn.
    for (int stop = 0; stop < count.steps; stop += perEpoch * 5 / 4) {
      MemoryCheckpoints checkpoints = new MemoryCheckpoints(1);
      stopAfter(stop, method, settings, checkpoints);
      assertSame(method, settings, checkpoints, whole);
    }
    Rng rng = Rng.keyed(1, Stream.DEMO, 0, 0);
    for (int trial = 0; trial < 3; trial++) {
      MemoryCheckpoints checkpoints = new MemoryCheckpoints(1 + trial);
      for (int crash = 0; crash < 5; crash++) {
        stopAfter(rng.nextInt(count.steps / 2), method, settings, checkpoints);
      }
      assertSame(method, settings, checkpoints, whole);
    }
  }

  private static void stopAfter(
      int steps, Method<?> method, Settings settings, MemoryCheckpoints checkpoints) {
    try {
      SmallRuns.fit(
          method,
          settings,
          TRAIN,
          run().withCheckpoints(checkpoints).withListener(new StopAfter(steps)));
    } catch (Stopped e) {
      assertThat(steps).isNotNegative(); // as wanted; a run that was near its end may also finish
    }
  }

  private static void assertSame(
      Method<?> method, Settings settings, MemoryCheckpoints checkpoints, TrainedModel whole) {
    TrainedModel resumed =
        SmallRuns.fit(method, settings, TRAIN, run().withCheckpoints(checkpoints));
    assertThat(SmallRuns.values(resumed)).isDeepEqualTo(SmallRuns.values(whole));
    assertThat(resumed.epochs()).isEqualTo(whole.epochs());
    assertThat(resumed.options()).isEqualTo(whole.options());
  }

  /** So that early stopping is among what is resumed above. */
  @Test
  void someOfTheseRunsStopEarly() {
    CountSteps count = new CountSteps();
    Method<?> method = Methods.named("bpr");
    SmallRuns.fit(method, settings(method, "sampler", "uniform"), TRAIN, run().withListener(count));

    assertThat(count.stoppedEarly).isTrue();
  }

  @Test
  void checkpointOfOtherOptionsSeedOrDataIsRefused() {
    Method<?> method = Methods.named("bpr");
    MemoryCheckpoints checkpoints = new MemoryCheckpoints(1);
    Settings settings = SmallRuns.settings(method);
    Run run = Run.seeded(1).withCheckpoints(checkpoints);
    SmallRuns.fit(method, settings, TRAIN, run);
    Interactions other = SmallData.longTailed(60, 45, 10, 3);

    assertConflict(() -> SmallRuns.fit(method, settings, other, run));
    assertConflict(() -> SmallRuns.fit(method, SmallRuns.settings(method, "dim", "8"), TRAIN, run));
    assertConflict(
        () -> SmallRuns.fit(method, settings, TRAIN, Run.seeded(2).withCheckpoints(checkpoints)));
    assertConflict(
        () -> SmallRuns.fit(method, settings, TRAIN, run().withCheckpoints(checkpoints)));
    SmallRuns.fit(method, settings, TRAIN, run.withThreads(5));
  }

  private static void assertConflict(Runnable fit) {
    assertThatThrownBy(fit::run)
        .isInstanceOfSatisfying(
            TamisException.class,
            e -> assertThat(e.kind()).isEqualTo(TamisException.Kind.CONFLICT));
  }

  @Test
  void divergingRunSaysWhatToDo() {
    Method<?> method = Methods.named("bpr");
    Settings settings =
        SmallRuns.settings(
            method, "optimizer", "sgd", "learning-rate", "10", "l2", "1000", "epochs", "40");

    assertThatThrownBy(() -> SmallRuns.fit(method, settings, TRAIN, Run.seeded(1)))
        .isInstanceOf(TamisException.class)
        .hasMessageMatching(
            "(the loss became|table '.*' holds) .* at epoch \\d+, step \\d+ \\(learning rate"
                + " 10.0\\); lower the learning rate.*");
  }

  @Test
  void twoRunsNeedValidation() {
    Method<?> method = Methods.named("mult-vae");
    Settings settings = SmallRuns.settings(method, "kl-selection", "two-run");

    assertThatThrownBy(() -> SmallRuns.fit(method, settings, TRAIN, Run.seeded(1)))
        .isInstanceOf(TamisException.class)
        .hasMessageContaining("there is no validation data; give some, or set kl-selection=given");
  }

  @Test
  void whatHasNoCodeOrNoRiseHasNoWeightToFind() {
    Method<?> method = Methods.named("fast-vae");
    Settings noCode =
        settings(method, "kl-selection", "freeze").with(SampledAutoencoderOptions.LATENT, 0);
    Settings noRise =
        settings(method, "kl-selection", "two-run")
            .with(SampledAutoencoderOptions.KL_ANNEAL_STEPS, 0);

    assertThatThrownBy(() -> SmallRuns.fit(method, noCode, TRAIN, run()))
        .isInstanceOf(TamisException.class)
        .hasMessageContaining("there is no code; set kl-selection=given, or a latent width");
    assertThatThrownBy(() -> SmallRuns.fit(method, noRise, TRAIN, run()))
        .isInstanceOf(TamisException.class)
        .hasMessageContaining("while it rises, in kl-anneal-steps, but these are 0");
  }

  /** A run that freezes the weight of its divergence is another from then on, and says so. */
  @ParameterizedTest
  @ValueSource(strings = {"mult-vae", "fast-vae"})
  void frozenWeightOfTheDivergenceIsToldAndCounts(String name) {
    Method<?> method = Methods.named(name);
    Run run =
        Run.seeded(8).withValidation(new Validation(SmallData.heldOut(TRAIN, 4), "ndcg@5", 1, 0));
    List<String> notes = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void note(String message) {
            notes.add(message);
          }
        };
    TrainedModel frozen =
        SmallRuns.fit(
            method, settings(method, "kl-selection", "freeze"), TRAIN, run.withListener(listener));
    TrainedModel risen = SmallRuns.fit(method, settings(method, "kl-cap", "1"), TRAIN, run);

    assertThat(notes).hasSize(1);
    assertThat(notes.get(0)).startsWith("the weight of the divergence stays at ");
    assertThat(Arrays.deepEquals(SmallRuns.values(frozen), SmallRuns.values(risen))).isFalse();
    Settings late = SmallRuns.settings(method, "kl-selection", "freeze", "kl-patience", "3");
    assertThatThrownBy(() -> SmallRuns.fit(method, late, TRAIN, run()))
        .isInstanceOf(TamisException.class)
        .hasMessageContaining("give a higher patience, or a lower kl-patience");
  }
}
