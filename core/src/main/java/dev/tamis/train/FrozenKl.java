package dev.tamis.train;

import dev.tamis.config.TamisException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A weight that rises until validation falls, then stays at what it was when validation peaked
 * (Liang et al. 2018, section 2.2.2: "within a single run, we can stop increasing beta when we
 * notice the validation metric dropping"). The parameters go on from where they are; only the
 * weight goes back.
 */
public final class FrozenKl implements KlWeight {
  private static final int PEAK = 0;
  private static final int WORSE_IN_A_ROW = 1;
  private static final int FROZEN = 2;

  private final KlSchedule rise;
  private final int patience;
  private final Consumer<String> note;
  private final long[] state = new long[3]; // steps at the peak, worse in a row, 1 when frozen

  /**
   * @param rise the weight until it is frozen
   * @param patience how many measurements in a row may bring no new best, at least 1
   * @param note told when and where it is frozen
   */
  public FrozenKl(KlSchedule rise, int patience, Consumer<String> note) {
    if (patience < 1) {
      throw TamisException.config(
          "a weight is frozen after at least 1 measurement without a new best, not " + patience);
    }
    this.rise = rise;
    this.patience = patience;
    this.note = note;
  }

  @Override
  public double at(long step) {
    return rise.at(state[FROZEN] == 1 ? state[PEAK] : step);
  }

  @Override
  public void measured(long steps, boolean best) {
    if (state[FROZEN] == 1) {
      return;
    }
    if (best) {
      state[PEAK] = steps;
      state[WORSE_IN_A_ROW] = 0;
    } else if (++state[WORSE_IN_A_ROW] == patience) {
      state[FROZEN] = 1;
      note.accept(
          "the weight of the divergence stays at " + at(steps) + ", where validation was best");
    }
  }

  @Override
  public SortedMap<String, Object> state() {
    return new TreeMap<>(java.util.Map.of("kl", state));
  }
}
