package dev.tamis.lab.compare;

import dev.tamis.config.TamisException;
import dev.tamis.config.TamisException.Kind;
import dev.tamis.lab.Budget;
import dev.tamis.lab.FinishedTrial;
import dev.tamis.lab.Trial;
import dev.tamis.lab.TrialKey;
import dev.tamis.lab.TrialStore;
import dev.tamis.train.TrainingListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs the trials of a comparison within a budget. All contenders have their first seed before any
 * has its second. A trial that does not fit is not begun: once the time is over, or where an
 * earlier seed of the same contender took longer than what is left. One that the end of the budget
 * meets in the middle is stopped, and goes on the next time. Whatever has no result is listed with
 * the reason.
 */
public final class Trials {
  private final TrialStore store;
  private final Budget budget;
  private final int threads;
  private final Map<String, List<FinishedTrial>> finished = new LinkedHashMap<>(); // by contender
  private final Map<String, List<FinishedTrial>> elsewhere = new HashMap<>(); // by contender
  private final List<NotRun> notRun = new ArrayList<>();

  /** Is told which trial comes next, and says who is told of its progress. */
  @FunctionalInterface
  public interface Announcer {
    /**
     * @param contender whose trial it is
     * @param done whether it was finished before, and is only read
     */
    TrainingListener next(String contender, Trial trial, boolean done);
  }

  public Trials(TrialStore store, Budget budget, int threads) {
    this.store = store;
    this.budget = budget;
    this.threads = threads;
  }

  /**
   * Says which trials are asked for, and which were finished elsewhere. One of those that is asked
   * for is not run again; the others are further seeds of a contender of the same method, options
   * and features, or contenders by themselves, named by their method. To be called once, before the
   * first {@link #run}.
   *
   * @param asked the trials to be run, each with its contender
   * @param others the trials finished elsewhere, of the same data and protocol
   * @return the names of all contenders, those asked for first
   */
  public List<String> expect(Map<Trial, String> asked, List<FinishedTrial> others) {
    Map<String, TrialKey> contenders = new LinkedHashMap<>();
    asked.forEach((trial, name) -> contenders.putIfAbsent(name, trial.key()));
    for (FinishedTrial other : others) {
      String name =
          contenders.entrySet().stream()
              .filter(contender -> Contender.alike(contender.getValue(), other.key()))
              .map(Map.Entry::getKey)
              .findFirst()
              .orElseGet(() -> unused(other.key().method(), contenders.keySet()));
      contenders.putIfAbsent(name, other.key());
      elsewhere.computeIfAbsent(name, n -> new ArrayList<>()).add(other);
    }
    return List.copyOf(contenders.keySet());
  }

  private static String unused(String method, Set<String> names) {
    String name = method;
    for (int number = 2; names.contains(name); number++) {
      name = method + "-" + number;
    }
    return name;
  }

  private void add(String contender, FinishedTrial trial) {
    finished.computeIfAbsent(contender, n -> new ArrayList<>()).add(trial);
  }

  /**
   * Runs, or reads where they are finished, one trial of a contender.
   *
   * @throws TamisException what a trial throws, but for failures of its own options and numbers:
   *     those are listed as not run
   */
  public void run(String contender, Trial trial, Announcer announcer) {
    Optional<FinishedTrial> there =
        elsewhere.getOrDefault(contender, List.of()).stream()
            .filter(other -> other.key().equals(trial.key()))
            .findFirst();
    if (there.isPresent()) {
      announcer.next(contender, trial, true);
      add(contender, there.get());
      return;
    }
    long seed = trial.key().seed();
    boolean done = store.find(trial.key()).isPresent();
    if (!done && !fits(contender)) {
      String left =
          budget.left() <= 0
              ? "the budget is spent"
              : String.format(
                  Locale.ROOT,
                  "it would not fit: %.0f s of the budget are left, and another seed took %.0f s",
                  budget.left(),
                  longest(contender));
      notRun.add(
          new NotRun(
              contender, seed, store.hasBegun(trial.key()) ? left + "; it has begun" : left));
      return;
    }
    try {
      TrainingListener listener = announcer.next(contender, trial, done);
      add(contender, store.run(trial, threads, budget.guard(listener)));
    } catch (Budget.Spent spent) {
      notRun.add(
          new NotRun(
              contender,
              seed,
              "the budget ended in the middle of it; "
                  + (store.hasBegun(trial.key())
                      ? "run again to go on with it"
                      : "it has no checkpoint yet and begins anew, with a larger budget")));
    } catch (TamisException failure) {
      if (failure.kind() != Kind.CONFIG && failure.kind() != Kind.BAD_DATA) {
        throw failure;
      }
      notRun.add(new NotRun(contender, seed, failure.getMessage()));
    }
  }

  private boolean fits(String contender) {
    return budget.left() > 0 && longest(contender) <= budget.left();
  }

  private double longest(String contender) {
    return finished.getOrDefault(contender, List.of()).stream()
        .mapToDouble(t -> t.cost().trainSeconds() + t.cost().evaluateSeconds())
        .max()
        .orElse(0);
  }

  /** Those that have results, in the order given. */
  public List<Contender> contenders(List<String> order) {
    List<Contender> contenders = new ArrayList<>();
    for (String name : order) {
      List<FinishedTrial> all = new ArrayList<>(finished.getOrDefault(name, List.of()));
      for (FinishedTrial other : elsewhere.getOrDefault(name, List.of())) {
        if (all.stream().noneMatch(t -> t.key().seed() == other.key().seed())) {
          all.add(other);
        }
      }
      if (!all.isEmpty()) {
        contenders.add(new Contender(name, all));
      }
    }
    return contenders;
  }

  /** The trials without a result. */
  public List<NotRun> notRun() {
    return List.copyOf(notRun);
  }
}
