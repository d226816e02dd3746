package dev.tamis.sample.proposal;

import dev.tamis.config.TamisException;

/**
 * By what clusters are learned (PRIS, section 4.3 and its code). With {@code c} the centre that an
 * item vector {@code v} is assigned to and {@code p} the query as the clusters see it, a row of a
 * positive and L candidates adds
 *
 * <pre>
 * ranking * (loss of the ranking, its scores replaced by p . c)
 *   + distance * (|v - c|^2 / width of the positive + mean of |v - c|^2 / width of the candidates)
 *   + l2 * (|p|^2 + |c|^2 of the positive + sum of |c|^2 of the candidates)
 * </pre>
 *
 * @param temperature of the softmax that stands in for the assignment on the way back
 * @param cooling what the temperature is multiplied with after each epoch, until it is 0.1
 * @param ranking weight of the ranking
 * @param distance weight of the distance from items to their centres
 * @param l2 weight of the squared lengths
 * @param weightsFlow whether the gradient goes through the importance weights
 */
public record ClusterLoss(
    double temperature,
    double cooling,
    double ranking,
    double distance,
    double l2,
    boolean weightsFlow) {
  private static final double COLD = 0.1;

  public ClusterLoss {
    if (!(temperature > 0)
        || !(cooling > 0 && cooling <= 1)
        || !(ranking >= 0)
        || !(distance >= 0)
        || !(l2 >= 0)) {
      throw TamisException.config(
          "learned clusters need a temperature above 0, a cooling in (0, 1] and weights of at least"
              + " 0, but have "
              + temperature
              + ", "
              + cooling
              + " and "
              + ranking
              + ", "
              + distance
              + ", "
              + l2);
    }
  }

  /** The temperature of an epoch, counted from 0. */
  double temperature(int epoch) {
    return Math.max(Math.min(temperature, COLD), temperature * StrictMath.pow(cooling, epoch));
  }
}
