package dev.tamis.train;

import dev.tamis.config.TamisException;

/**
 * The weight of the divergence of a variational code while training: {@code min(cap, step /
 * annealSteps)} (Liang et al. 2018, section 2.2.2).
 *
 * @param cap the highest weight, at least 0
 * @param annealSteps how many steps it would take to reach weight 1; 0 starts at the cap
 */
public record KlSchedule(double cap, long annealSteps) implements KlWeight {
  public KlSchedule {
    if (!(cap >= 0) || annealSteps < 0) {
      throw TamisException.config(
          "a KL schedule needs a cap and steps of at least 0, but has "
              + cap
              + " and "
              + annealSteps);
    }
  }

  @Override
  public double at(long step) {
    return annealSteps == 0 ? cap : Math.min(cap, (double) step / annealSteps);
  }
}
