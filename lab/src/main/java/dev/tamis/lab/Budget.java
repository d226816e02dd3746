package dev.tamis.lab;

import dev.tamis.train.ListenerPair;
import dev.tamis.train.TrainingListener;

/**
 * A stretch of wall clock for many trials. Which trials are run under a budget depends on the
 * clock; what a trial finds does not.
 */
public final class Budget {
  private final long deadline; // of System.nanoTime
  private final boolean limited;

  private Budget(boolean limited, long deadline) {
    this.limited = limited;
    this.deadline = deadline;
  }

  /** Without end. */
  public static Budget unlimited() {
    return new Budget(false, 0);
  }

  /** From now on. */
  public static Budget seconds(double seconds) {
    return new Budget(true, System.nanoTime() + (long) (seconds * 1e9));
  }

  /** How many seconds are left; infinite without a limit, negative once it is over. */
  public double left() {
    return limited ? (deadline - System.nanoTime()) / 1e9 : Double.POSITIVE_INFINITY;
  }

  /** Thrown through training when the budget is spent in the middle of it. */
  public static final class Spent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Spent() {
      super("the time that was given is over");
    }
  }

  /** A listener that passes everything on, and ends training with {@link Spent} at the end. */
  public TrainingListener guard(TrainingListener listener) {
    return new ListenerPair(
        new TrainingListener() {
          @Override
          public void epochPrepared(int epoch) {
            check();
          }

          @Override
          public void stepDone(int epoch, long step, long stepsPerEpoch) {
            check();
          }
        },
        listener);
  }

  private void check() {
    if (limited && left() <= 0) {
      throw new Spent();
    }
  }
}
