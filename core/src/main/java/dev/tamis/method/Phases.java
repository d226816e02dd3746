package dev.tamis.method;

import dev.tamis.train.Checkpoints;
import dev.tamis.train.TrainingState;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Trains several models in turn under one checkpoint directory. Each checkpoint also holds the
 * results of the phases before it, so that a run that goes on does not begin with the earlier ones
 * again.
 */
final class Phases {
  private static final String NUMBER = "phase";

  /** A run that others build upon. */
  @FunctionalInterface
  interface Finding {
    /**
     * @param checkpoints those of this run alone
     * @return arrays by name, of a type that {@link TrainingState#putLive} takes
     */
    SortedMap<String, Object> find(Checkpoints checkpoints);
  }

  private final Checkpoints checkpoints;
  private final String identity;
  private Optional<TrainingState> latest; // until the run that it belongs to goes on from it
  private final SortedMap<String, Object> found = new TreeMap<>(); // by all runs so far
  private int number; // of the run at hand, from 0

  /**
   * @param identity under which all runs keep their checkpoints
   */
  Phases(Checkpoints checkpoints, String identity) {
    this.checkpoints = checkpoints;
    this.identity = identity;
    this.latest = checkpoints.latest(identity);
  }

  /** What the next run finds, or found before. */
  SortedMap<String, Object> find(Finding run) {
    String prefix = "found/" + number + "/";
    SortedMap<String, Object> finding = new TreeMap<>();
    if (latest.isPresent() && latest.get().ints(NUMBER)[0] > number) {
      latest
          .get()
          .arrays()
          .forEach(
              (name, array) -> {
                if (name.startsWith(prefix)) {
                  finding.put(name.substring(prefix.length()), array);
                }
              });
    } else {
      finding.putAll(run.find(new OfOneRun(ofThisRun(), number)));
    }
    finding.forEach((name, array) -> found.put(prefix + name, array));
    number++;
    return finding;
  }

  /** Checkpoints of the last run. */
  Checkpoints last() {
    return new OfOneRun(ofThisRun(), number);
  }

  private Optional<TrainingState> ofThisRun() {
    Optional<TrainingState> mine = latest.filter(state -> state.ints(NUMBER)[0] == number);
    latest = Optional.empty();
    return mine;
  }

  private final class OfOneRun implements Checkpoints {
    private final Optional<TrainingState> latest;
    private final int number;

    OfOneRun(Optional<TrainingState> latest, int number) {
      this.latest = latest;
      this.number = number;
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
      state.put(NUMBER, new int[] {number});
      found.forEach(state::putLive);
      checkpoints.write(identity, epoch, state);
    }
  }
}
