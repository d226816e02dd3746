package dev.tamis.artifact;

import java.util.function.LongSupplier;

/**
 * When to write the next checkpoint, so that writing takes at most a share of the time: after one
 * that took a second, 19 seconds of training must pass for a share of 5%. The first is due after a
 * second. A result never depends on it.
 */
final class CheckpointPace {
  private static final double SHARE = 0.05;
  private static final long FIRST_NANOS = 1_000_000_000L;

  private final boolean always;
  private final LongSupplier nanoTime;
  private long trainingSince; // when the last one ended
  private long wait = FIRST_NANOS; // how much training there must be before the next
  private long dueSince;

  /**
   * @param always whether each time is due, whatever it costs
   * @param nanoTime a clock that never goes back
   */
  CheckpointPace(boolean always, LongSupplier nanoTime) {
    this.always = always;
    this.nanoTime = nanoTime;
    this.trainingSince = nanoTime.getAsLong();
    this.dueSince = trainingSince;
  }

  /** Whether it is time; gathering the state counts as writing from here on. */
  boolean due() {
    dueSince = nanoTime.getAsLong();
    return always || dueSince - trainingSince >= wait;
  }

  /** To be told when one is written. */
  void written() {
    trainingSince = nanoTime.getAsLong();
    wait = Math.max(FIRST_NANOS, (long) ((trainingSince - dueSince) * (1 / SHARE - 1)));
  }
}
