package dev.tamis.train;

import dev.tamis.config.TamisException;
import java.util.Optional;

/** Keeps the last checkpoint in memory, as bytes would be kept: later changes do not reach it. */
public final class MemoryCheckpoints implements Checkpoints {
  private final int everyTimes;
  private int asked;
  private int written;
  private int epoch;
  private String owner;
  private TrainingState state;

  /**
   * @param everyTimes one in so many times it is time to write
   */
  public MemoryCheckpoints(int everyTimes) {
    this.everyTimes = everyTimes;
  }

  @Override
  public Optional<TrainingState> latest(String identity) {
    if (state != null && !owner.equals(identity)) {
      throw new TamisException(TamisException.Kind.CONFLICT, "a checkpoint of " + owner);
    }
    return Optional.ofNullable(state).map(MemoryCheckpoints::copy);
  }

  @Override
  public boolean due() {
    return ++asked % everyTimes == 0;
  }

  @Override
  public void write(String identity, int doneEpochs, TrainingState given) {
    owner = identity;
    epoch = doneEpochs;
    state = copy(given);
    written++;
  }

  /** How many times a state was written. */
  public int written() {
    return written;
  }

  /** The epoch of the last state. */
  public int epoch() {
    return epoch;
  }

  private static TrainingState copy(TrainingState given) {
    TrainingState copy = new TrainingState();
    given.texts().forEach(copy::put);
    given
        .arrays()
        .forEach(
            (name, array) -> {
              if (array instanceof double[] doubles) {
                copy.put(name, doubles.clone());
              } else if (array instanceof float[] floats) {
                copy.put(name, floats.clone());
              } else if (array instanceof int[] ints) {
                copy.put(name, ints.clone());
              } else {
                copy.put(name, ((long[]) array).clone());
              }
            });
    return copy;
  }
}
