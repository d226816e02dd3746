package dev.tamis.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.config.TamisException;
import dev.tamis.kernels.Workers;
import dev.tamis.model.Pass;
import dev.tamis.model.Table;
import dev.tamis.optim.Adam;
import dev.tamis.optim.LearningRate;
import dev.tamis.optim.Updater;
import dev.tamis.rank.Scorer;
import dev.tamis.sample.SmallData;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The loop around a trainee whose first number says how many epochs it has had. */
class TrainingLoopTest {
  private static final int STEPS = 3;

  private static final class Counting implements Trainee {
    final Table table = new Table("t", 1, 2);
    final Updater updater = Adam.pyTorch(Adam.IdleRows.DEFER, 0).attach(table);
    final List<String> calls = new ArrayList<>();
    double lossOfSecondEpoch = 1;
    float valueOfSecondEpoch = 2;

    @Override
    public long stepsPerEpoch() {
      return STEPS;
    }

    @Override
    public void beginEpoch(long seed, int epoch) {
      calls.add("epoch " + epoch);
    }

    @Override
    public double step(long inEpoch, double rate, Pass pass) {
      calls.add(inEpoch + " " + rate + " " + pass.epoch() + " " + pass.step());
      table.values()[0] = pass.epoch() == 1 ? valueOfSecondEpoch : pass.epoch() + 1;
      table.values()[1] = table.values()[1] * 1.5f + pass.step(); // remembers all steps
      return pass.epoch() == 1 ? lossOfSecondEpoch : 1;
    }

    @Override
    public Scorer scorer() {
      return null;
    }

    @Override
    public List<TableUpdates> updates() {
      return List.of(new TableUpdates(table, updater));
    }
  }

  private static Run run(int everyEpochs, int patience) {
    return Run.seeded(1)
        .withValidation(
            new Validation(
                SmallData.heldOut(SmallData.longTailed(4, 9, 3, 1), 2),
                "ndcg@5",
                everyEpochs,
                patience));
  }

  /** Measures values in turn of the epochs that the trainee has had. */
  private static Optional<Validator> measuring(Counting trainee, double... ofEpoch) {
    return Optional.of(
        scorer -> {
          SortedMap<String, Double> metrics = new TreeMap<>();
          metrics.put("ndcg@5", ofEpoch[Math.round(trainee.table.values()[0]) - 1]);
          metrics.put("recall@5", (double) trainee.table.values()[0]);
          return metrics;
        });
  }

  private static TrainingLoop loop(int epochs, Run run, Optional<Validator> validator) {
    return new TrainingLoop("m", "id", epochs, new LearningRate(0.5, 0.5, 2), run, validator);
  }

  @Test
  void stepsAreNumberedThroughAndRatesAreOfTheEpoch() {
    Counting trainee = new Counting();
    TrainingLoop.Outcome outcome = loop(3, Run.seeded(1), Optional.empty()).run(trainee);

    assertThat(trainee.calls)
        .containsExactly(
            "epoch 0",
            "0 0.5 0 0",
            "1 0.5 0 1",
            "2 0.5 0 2",
            "epoch 1",
            "0 0.5 1 3",
            "1 0.5 1 4",
            "2 0.5 1 5",
            "epoch 2",
            "0 0.25 2 6",
            "1 0.25 2 7",
            "2 0.25 2 8");
    assertThat(outcome.epochs()).isEqualTo(3);
    assertThat(outcome.validation()).isEmpty();
    assertThat(trainee.table.values()[0]).isEqualTo(3);
  }

  @Test
  void parametersOfTheBestEpochAreLeft() {
    Counting trainee = new Counting();
    TrainingLoop.Outcome outcome =
        loop(5, run(1, 0), measuring(trainee, 0.1, 0.5, 0.3, 0.5, 0.2)).run(trainee);

    assertThat(trainee.table.values()[0]).as("the first of two equal ones").isEqualTo(2);
    assertThat(outcome.epochs()).isEqualTo(2);
    assertThat(outcome.validation()).containsEntry("ndcg@5", 0.5).containsEntry("recall@5", 2.0);
  }

  @Test
  void trainingStopsWhenPatienceIsAtAnEnd() {
    Counting trainee = new Counting();
    List<String> told = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stoppedEarly(int epoch, String reason) {
            told.add(epoch + ": " + reason);
          }
        };
    loop(9, run(1, 2).withListener(listener), measuring(trainee, 0.1, 0.3, 0.2, 0.4, 0.3, 0.4, 1))
        .run(trainee);

    assertThat(told).containsExactly("6: ndcg@5 has not risen in 2 measurements; best at epoch 4");
    assertThat(trainee.calls).contains("epoch 5").doesNotContain("epoch 6");
    assertThat(trainee.table.values()[0]).isEqualTo(4);
  }

  @Test
  void lastEpochIsAlwaysMeasured() {
    Counting trainee = new Counting();
    List<Integer> measured = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epochDone(int epoch, double loss, SortedMap<String, Double> metrics) {
            if (!metrics.isEmpty()) {
              measured.add(epoch);
            }
          }
        };
    loop(5, run(2, 0).withListener(listener), measuring(trainee, 9, 1, 9, 2, 3)).run(trainee);

    assertThat(measured).containsExactly(2, 4, 5);
    assertThat(trainee.table.values()[0]).isEqualTo(5);
  }

  @Test
  void lossThatIsNotFiniteStopsTraining() {
    for (double loss : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      Counting trainee = new Counting();
      trainee.lossOfSecondEpoch = loss;
      MemoryCheckpoints checkpoints = new MemoryCheckpoints(1);

      assertThatThrownBy(
              () ->
                  loop(3, Run.seeded(1).withCheckpoints(checkpoints), Optional.empty())
                      .run(trainee))
          .isInstanceOfSatisfying(
              TamisException.class, e -> assertThat(e.kind()).isEqualTo(TamisException.Kind.CONFIG))
          .hasMessage(
              "the loss became "
                  + loss
                  + " at epoch 2, step 1 (learning rate 0.5); lower the learning rate. The"
                  + " checkpoint before, if one was kept, is untouched");
      assertThat(checkpoints.epoch()).isEqualTo(1);
    }
  }

  @Test
  void parameterThatIsNotFiniteStopsTraining() {
    Counting trainee = new Counting();
    trainee.valueOfSecondEpoch = Float.NaN;

    assertThatThrownBy(() -> loop(3, Run.seeded(1), Optional.empty()).run(trainee))
        .isInstanceOf(TamisException.class)
        .hasMessageStartingWith(
            "table 't' holds NaN at epoch 2, step 3 (learning rate 0.5); lower");
  }

  @Test
  void interruptStopsTrainingBetweenSteps() {
    Counting trainee = new Counting();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepDone(int epoch, long step, long stepsPerEpoch) {
            if (epoch == 2 && step == 2) {
              Thread.currentThread().interrupt();
            }
          }
        };
    assertThatThrownBy(
            () -> loop(3, Run.seeded(1).withListener(listener), Optional.empty()).run(trainee))
        .isInstanceOfSatisfying(
            TamisException.class,
            e -> assertThat(e.kind()).isEqualTo(TamisException.Kind.INTERRUPTED))
        .hasMessageStartingWith("training was interrupted in epoch 2;");
    assertThat(Thread.interrupted()).as("the interrupt is left to be seen").isTrue();
    assertThat(trainee.calls).endsWith("1 0.5 1 4");
  }

  @Test
  void interruptWhileMeasuringStopsTrainingToo() {
    Validator interrupted =
        scorer -> {
          Thread.currentThread().interrupt();
          try (Workers workers = new Workers(1)) {
            workers.run(9, (task, worker) -> {});
          }
          return new TreeMap<>();
        };
    assertThatThrownBy(() -> loop(3, run(1, 0), Optional.of(interrupted)).run(new Counting()))
        .isInstanceOfSatisfying(
            TamisException.class,
            e -> assertThat(e.kind()).isEqualTo(TamisException.Kind.INTERRUPTED))
        .hasMessageStartingWith("training was interrupted in epoch 1;");
    assertThat(Thread.interrupted()).isTrue();
  }

  /** Stopped after any epoch it ends, with all it remembers, where it would have ended. */
  @Test
  void runThatWasStoppedEndsAsIfItWasNot() {
    double[] values = {0.1, 0.3, 0.2, 0.4, 0.3, 0.4, 0.2, 1, 2};
    Counting whole = new Counting();
    TrainingLoop.Outcome expected = loop(9, run(1, 3), measuring(whole, values)).run(whole);
    for (int stop = 1; stop <= 7; stop++) {
      MemoryCheckpoints checkpoints = new MemoryCheckpoints(1);
      int last = stop;
      TrainingListener stopping =
          new TrainingListener() {
            @Override
            public void stepDone(int epoch, long step, long stepsPerEpoch) {
              if (epoch > last) {
                throw new IllegalStateException("stopped");
              }
            }
          };
      Counting first = new Counting();
      Run run = run(1, 3).withCheckpoints(checkpoints);
      if (stop < 7) {
        assertThatThrownBy(
                () -> loop(9, run.withListener(stopping), measuring(first, values)).run(first))
            .hasMessage("stopped");
      } else {
        loop(9, run, measuring(first, values)).run(first); // stops by itself
      }
      assertThat(checkpoints.epoch()).isEqualTo(stop);
      Counting second = new Counting();
      assertThat(loop(9, run, measuring(second, values)).run(second)).isEqualTo(expected);
      assertThat(second.table.values()).isEqualTo(whole.table.values());
      assertThat(second.calls).hasSize((7 - stop) * (STEPS + 1));
    }
  }

  @Test
  void lastEpochIsAlwaysKept() {
    MemoryCheckpoints checkpoints = new MemoryCheckpoints(Integer.MAX_VALUE);
    Run run = Run.seeded(1).withCheckpoints(checkpoints);
    loop(4, run, Optional.empty()).run(new Counting());

    assertThat(checkpoints.epoch()).isEqualTo(4);
    assertThat(checkpoints.written()).isEqualTo(1);
  }

  @Test
  void checkpointOfAnotherRunIsRefused() {
    Run run = Run.seeded(1).withCheckpoints(new MemoryCheckpoints(1));
    loop(1, run, Optional.empty()).run(new Counting());
    TrainingLoop other =
        new TrainingLoop("m", "other", 1, new LearningRate(1, 1, 1), run, Optional.empty());

    assertThatThrownBy(() -> other.run(new Counting()))
        .isInstanceOfSatisfying(
            TamisException.class,
            e -> assertThat(e.kind()).isEqualTo(TamisException.Kind.CONFLICT));
  }
}
