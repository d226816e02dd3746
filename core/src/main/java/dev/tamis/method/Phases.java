package dev.tamis.method;

import dev.tamis.train.Checkpoints;
import dev.tamis.train.TrainingState;
import java.util.Optional;

/**
 * Two runs, one after the other, that share one place for checkpoints. What the first run found is
 * kept in every checkpoint of the second, so a run that goes on in the second does not begin with
 * the first again.
 */
final class Phases {
  private static final String FOUND = "found-by-first-run";

  /** The first run, whose checkpoints do not have a finding. */
  interface FirstRun {
    double find(Checkpoints checkpoints);
  }

  private final Checkpoints checkpoints;
  private final String identity;

  /**
   * @param identity under which both runs keep their checkpoints
   */
  Phases(Checkpoints checkpoints, String identity) {
    this.checkpoints = checkpoints;
    this.identity = identity;
  }

  /** What the first run finds, or found before. */
  double first(FirstRun run) {
    Optional<TrainingState> latest = checkpoints.latest(identity);
    if (latest.isPresent() && latest.get().has(FOUND)) {
      return Double.longBitsToDouble(latest.get().longs(FOUND)[0]);
    }
    return run.find(new Sharing(latest, Optional.empty()));
  }

  /** Checkpoints of the second run. */
  Checkpoints second(double found) {
    Optional<TrainingState> latest = checkpoints.latest(identity).filter(state -> state.has(FOUND));
    return new Sharing(latest, Optional.of(found));
  }

  private final class Sharing implements Checkpoints {
    private final Optional<TrainingState> latest;
    private final Optional<Double> found;

    Sharing(Optional<TrainingState> latest, Optional<Double> found) {
      this.latest = latest;
      this.found = found;
    }

    @Override
    public Optional<TrainingState> latest(String ofOneRun) {
      return latest;
    }

    @Override
    public boolean due() {
      return checkpoints.due();
    }

    @Override
    public void write(String ofOneRun, int epoch, TrainingState state) {
      found.ifPresent(value -> state.put(FOUND, new long[] {Double.doubleToLongBits(value)}));
      checkpoints.write(identity, epoch, state);
    }
  }
}
