package dev.tamis.train;

import java.util.SortedMap;

/**
 * Told how training goes. Nothing it does changes the result. All methods are called on the thread
 * that trains.
 */
public interface TrainingListener {
  /** Training begins; {@code firstEpoch} is above 0 when it was resumed. */
  default void started(String method, int firstEpoch, int epochs, long stepsPerEpoch) {}

  /** An epoch is prepared: its order is drawn, and samplers have taken up the model. */
  default void epochPrepared(int epoch) {}

  /** A step is done. Called for every step, so it must be quick. */
  default void stepDone(int epoch, long step, long stepsPerEpoch) {}

  /**
   * An epoch is done (the first is 1).
   *
   * @param loss the mean over the steps of the epoch of what {@link Step#run} returns
   * @param validation metrics by name, for example {@code ndcg@50}; empty where nothing was
   *     validated
   */
  default void epochDone(int epoch, double loss, SortedMap<String, Double> validation) {}

  /** Training stopped before its last epoch, and why. */
  default void stoppedEarly(int epoch, String reason) {}

  /** Something worth a line. */
  default void note(String message) {}

  /** Hears nothing. */
  TrainingListener SILENT = new TrainingListener() {};
}
