package dev.tamis.train;

import java.util.SortedMap;

/** Two listeners as one: everything is told to the first, and then to the second. */
public final class ListenerPair implements TrainingListener {
  private final TrainingListener first;
  private final TrainingListener second;

  /** What the first throws, the second does not hear of. */
  public ListenerPair(TrainingListener first, TrainingListener second) {
    this.first = first;
    this.second = second;
  }

  @Override
  public void started(String method, int firstEpoch, int epochs, long stepsPerEpoch) {
    first.started(method, firstEpoch, epochs, stepsPerEpoch);
    second.started(method, firstEpoch, epochs, stepsPerEpoch);
  }

  @Override
  public void epochPrepared(int epoch) {
    first.epochPrepared(epoch);
    second.epochPrepared(epoch);
  }

  @Override
  public void stepDone(int epoch, long step, long stepsPerEpoch) {
    first.stepDone(epoch, step, stepsPerEpoch);
    second.stepDone(epoch, step, stepsPerEpoch);
  }

  @Override
  public void epochDone(int epoch, double loss, SortedMap<String, Double> validation) {
    first.epochDone(epoch, loss, validation);
    second.epochDone(epoch, loss, validation);
  }

  @Override
  public void stoppedEarly(int epoch, String reason) {
    first.stoppedEarly(epoch, reason);
    second.stoppedEarly(epoch, reason);
  }

  @Override
  public void note(String message) {
    first.note(message);
    second.note(message);
  }
}
