package dev.tamis.train;

import dev.tamis.config.TamisException;
import dev.tamis.kernels.Workers;
import dev.tamis.model.Pass;
import dev.tamis.optim.LearningRate;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Epochs, steps, validation, the best model so far, early stopping, checkpoints. A checkpoint is
 * taken between epochs and holds all of it, so that a run that goes on from one ends with the bytes
 * of a run that was never stopped.
 */
public final class TrainingLoop {
  private final String method;
  private final String identity;
  private final int epochs;
  private final LearningRate rate;
  private final Run run;
  private final Optional<Validator> validator;

  /**
   * @param identity all that decides the result, one line: a checkpoint of another identity is
   *     refused
   * @param validator measures according to the run's validation; empty if it has none
   */
  public TrainingLoop(
      String method,
      String identity,
      int epochs,
      LearningRate rate,
      Run run,
      Optional<Validator> validator) {
    if (validator.isPresent() != run.validation().isPresent()) {
      throw new IllegalArgumentException(
          "a validator is needed exactly where the run has a validation");
    }
    this.method = method;
    this.identity = identity;
    this.epochs = epochs;
    this.rate = rate;
    this.run = run;
    this.validator = validator;
  }

  /**
   * How training ended.
   *
   * @param epochs after how many epochs the tables are as they are: the best by validation, else
   *     the last
   * @param validation the metrics then; empty without validation
   */
  public record Outcome(int epochs, SortedMap<String, Double> validation) {}

  /**
   * Trains to the end and leaves the chosen parameters in the tables.
   *
   * @throws TamisException of kind BAD_DATA when there is nothing to train on, of kind CONFIG when
   *     loss or parameters are no longer finite, of kind INTERRUPTED when the thread was
   *     interrupted
   */
  public Outcome run(Trainee trainee) {
    long steps = trainee.stepsPerEpoch();
    refuseNothing(steps);
    Progress progress = new Progress(trainee);
    run.checkpoints().latest(identity).ifPresent(progress::restore);
    run.listener().started(method, progress.epoch, epochs, steps);
    while (progress.epoch < epochs && !progress.stopped) {
      int epoch = progress.epoch;
      double loss;
      SortedMap<String, Double> metrics;
      try {
        loss = epoch(trainee, epoch, steps);
        progress.epoch++;
        metrics = progress.validateIfDue();
      } catch (Workers.InterruptedRunException e) {
        throw interrupted(epoch);
      }
      run.listener().epochDone(progress.epoch, loss, metrics);
      boolean last = progress.epoch == epochs || progress.stopped;
      if (last || run.checkpoints().due()) {
        run.checkpoints().write(identity, progress.epoch, progress.save());
      }
    }
    return progress.finish();
  }

  /**
   * Refuses to train on nothing.
   *
   * @param count of interactions, or of steps
   * @throws TamisException of kind BAD_DATA if it is 0
   */
  public static void refuseNothing(long count) {
    if (count == 0) {
      throw TamisException.badData(
          "there is nothing to train on: the training data has no interactions");
    }
  }

  private static TamisException interrupted(int epoch) {
    return new TamisException(
        TamisException.Kind.INTERRUPTED,
        "training was interrupted in epoch "
            + (epoch + 1)
            + "; a checkpoint, if one was kept, goes on from its last epoch");
  }

  private double epoch(Trainee trainee, int epoch, long steps) {
    trainee.beginEpoch(run.seed(), epoch);
    run.listener().epochPrepared(epoch + 1);
    double total = 0;
    long here = trainee.stepsIn(epoch);
    for (long s = 0; s < here; s++) {
      if (Thread.currentThread().isInterrupted()) {
        throw interrupted(epoch);
      }
      double loss = trainee.step(s, rate.at(epoch), new Pass(run.seed(), epoch, epoch * steps + s));
      if (!Double.isFinite(loss)) {
        throw notFinite("the loss became " + loss, epoch, s);
      }
      total += loss;
      run.listener().stepDone(epoch + 1, s + 1, here);
    }
    for (TableUpdates update : trainee.updates()) {
      update.updater().settleAll();
      for (float value : update.table().values()) {
        if (!Float.isFinite(value)) {
          throw notFinite("table '" + update.table().name() + "' holds " + value, epoch, here - 1);
        }
      }
    }
    return total / here;
  }

  private TamisException notFinite(String what, int epoch, long step) {
    return TamisException.config(
        what
            + " at epoch "
            + (epoch + 1)
            + ", step "
            + (step + 1)
            + (rate == LearningRate.NONE
                ? "; penalise large values more (a larger lambda)"
                : " (learning rate " + rate.at(epoch) + "); lower the learning rate")
            + ". The checkpoint before, if one was kept, is untouched");
  }

  /** Where training is: everything a checkpoint holds. */
  private final class Progress {
    private final Trainee trainee;
    private int epoch; // epochs done
    private boolean stopped;
    private int bestEpoch;
    private int worseInARow;
    private SortedMap<String, Double> bestMetrics = Collections.emptySortedMap();
    private final SortedMap<String, float[]> best =
        new TreeMap<>(); // by table name; empty until something was measured

    Progress(Trainee trainee) {
      this.trainee = trainee;
    }

    SortedMap<String, Double> validateIfDue() {
      if (validator.isEmpty()) {
        return Collections.emptySortedMap();
      }
      Validation validation = run.validation().orElseThrow();
      boolean due = epoch % validation.everyEpochs() == 0 && trainee.movesScorer(epoch - 1);
      if (!due && epoch != epochs) {
        return Collections.emptySortedMap();
      }
      SortedMap<String, Double> metrics = validator.get().measure(trainee.scorer());
      double value = metrics.get(validation.metric());
      boolean isBest = bestEpoch == 0 || value > bestMetrics.get(validation.metric());
      trainee.measured(epoch, isBest);
      if (isBest) {
        bestEpoch = epoch;
        bestMetrics = metrics;
        worseInARow = 0;
        for (TableUpdates update : trainee.updates()) {
          best.put(update.table().name(), update.table().values().clone());
        }
      } else if (++worseInARow == validation.patience()) {
        stopped = true;
        run.listener()
            .stoppedEarly(
                epoch,
                validation.metric()
                    + " has not risen in "
                    + worseInARow
                    + " measurements; best at epoch "
                    + bestEpoch);
      }
      return metrics;
    }

    Outcome finish() {
      if (bestEpoch == 0) {
        return new Outcome(epoch, bestMetrics);
      }
      for (TableUpdates update : trainee.updates()) {
        float[] values = best.get(update.table().name());
        System.arraycopy(values, 0, update.table().values(), 0, values.length);
      }
      return new Outcome(bestEpoch, bestMetrics);
    }

    private double[] bestValues() {
      double[] values = new double[bestMetrics.size()];
      int n = 0;
      for (double value : bestMetrics.values()) {
        values[n++] = value;
      }
      return values;
    }

    TrainingState save() {
      TrainingState state = new TrainingState();
      state.put("epoch", new int[] {epoch, stopped ? 1 : 0, bestEpoch, worseInARow});
      state.put("best-metric-names", String.join(" ", bestMetrics.keySet()));
      state.put("best-metric-values", bestValues());
      best.forEach((name, values) -> state.put("best/" + name, values));
      for (TableUpdates update : trainee.updates()) {
        String name = update.table().name();
        state.put("table/" + name, update.table().values());
        update
            .updater()
            .state()
            .forEach((part, array) -> state.putLive("optimizer/" + name + "/" + part, array));
      }
      trainee.state().forEach((part, array) -> state.putLive("sampler/" + part, array));
      return state;
    }

    void restore(TrainingState state) {
      int[] numbers = state.ints("epoch");
      epoch = numbers[0];
      stopped = numbers[1] == 1;
      bestEpoch = numbers[2];
      worseInARow = numbers[3];
      double[] values = state.doubles("best-metric-values");
      if (values.length > 0) {
        String[] names = state.text("best-metric-names").split(" ");
        TreeMap<String, Double> metrics = new TreeMap<>();
        for (int i = 0; i < values.length; i++) {
          metrics.put(names[i], values[i]);
        }
        bestMetrics = metrics;
      }
      for (TableUpdates update : trainee.updates()) {
        String name = update.table().name();
        state.copyInto("table/" + name, update.table().values());
        update
            .updater()
            .state()
            .forEach((part, array) -> state.copyInto("optimizer/" + name + "/" + part, array));
        if (bestEpoch > 0) {
          best.put(name, state.floats("best/" + name));
        }
      }
      trainee.state().forEach((part, array) -> state.copyInto("sampler/" + part, array));
    }
  }
}
