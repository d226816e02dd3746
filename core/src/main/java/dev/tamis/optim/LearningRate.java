package dev.tamis.optim;

import dev.tamis.config.TamisException;

/**
 * The learning rate of each epoch: {@code base * decay^floor(epoch / everyEpochs)}; a decay of 1
 * keeps it constant.
 *
 * @param base above 0
 * @param decay in (0, 1]
 * @param everyEpochs at least 1
 */
public record LearningRate(double base, double decay, int everyEpochs) {
  /** Of methods that take no steps of a size; this object and none that is equal to it. */
  public static final LearningRate NONE = new LearningRate(1, 1, 1);

  public LearningRate {
    if (!(base > 0) || !(decay > 0 && decay <= 1) || everyEpochs < 1) {
      throw TamisException.config(
          "a learning rate needs a base above 0, a decay in (0, 1] and at least 1 epoch between"
              + " decays, but has "
              + base
              + ", "
              + decay
              + " and "
              + everyEpochs);
    }
  }

  /** The rate in an epoch, counted from 0. */
  public double at(int epoch) {
    return base * StrictMath.pow(decay, epoch / everyEpochs);
  }
}
