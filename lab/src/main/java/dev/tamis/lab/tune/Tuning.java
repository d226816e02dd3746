package dev.tamis.lab.tune;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.lab.Budget;
import dev.tamis.lab.Protocol;
import dev.tamis.lab.Trial;
import dev.tamis.lab.TrialStore;
import dev.tamis.method.Method;
import dev.tamis.train.TrainingListener;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A search for the options of a method that do best on validation data. Test data are not looked
 * at: the protocol has none. Trials are kept in a store, so a search that was stopped, or whose
 * budget was spent, goes on where it was and comes to the same end.
 */
public final class Tuning {
  private final Method<?> method;
  private final Map<String, String> fixed;
  private final Strategy strategy;
  private final Protocol protocol;
  private final long seed;
  private final List<Attempt> attempts = new ArrayList<>();
  private boolean cutShort;

  /** Is told which trial begins. */
  @FunctionalInterface
  public interface Announcer {
    /** The {@code number}-th of {@code all} trials of a round begins; the first is 1. */
    TrainingListener begins(int round, Strategy.Candidate candidate, int number, int all);
  }

  /**
   * @param fixed options of all trials
   * @param protocol with validation data and without test data
   * @param seed of every trial
   */
  public Tuning(
      Method<?> method,
      Map<String, String> fixed,
      Strategy strategy,
      Protocol protocol,
      long seed) {
    if (protocol.data().validation().isEmpty() || protocol.data().test().isPresent()) {
      throw new IllegalArgumentException("a search needs validation data, and no test data");
    }
    this.method = method;
    this.fixed = new TreeMap<>(fixed);
    this.strategy = strategy;
    this.protocol = protocol;
    this.seed = seed;
  }

  /**
   * Runs round after round until the strategy or the budget ends. Candidates whose options do not
   * go together, that would not fit into memory, or whose training diverges, are kept with the
   * reason, and the search goes on.
   *
   * @throws TamisException of the kinds that reading and writing trials have
   */
  public void run(TrialStore store, Budget budget, int threads, Announcer announcer) {
    List<Strategy.Candidate> candidates = strategy.first();
    for (int round = 1; round <= strategy.rounds() && !cutShort; round++) {
      if (round > 1) {
        int before = round - 1;
        candidates =
            strategy.next(
                round,
                ranked().stream()
                    .filter(a -> a.round() == before)
                    .map(Attempt::candidate)
                    .toList());
      }
      for (int i = 0; i < candidates.size() && !cutShort; i++) {
        Strategy.Candidate candidate = candidates.get(i);
        TrainingListener listener = announcer.begins(round, candidate, i + 1, candidates.size());
        attempt(round, candidate, store, budget, threads, listener);
      }
    }
  }

  private void attempt(
      int round,
      Strategy.Candidate candidate,
      TrialStore store,
      Budget budget,
      int threads,
      TrainingListener listener) {
    Trial trial;
    try {
      trial = new Trial(protocol, method, settings(candidate), seed);
    } catch (TamisException e) {
      refuse(round, candidate, e);
      return;
    }
    // A finished trial whose file is damaged is no failure of the candidate: that is thrown.
    if (store.find(trial.key()).isEmpty() && budget.left() <= 0) {
      cutShort = true;
      return;
    }
    try {
      attempts.add(
          new Attempt(
              round,
              candidate,
              Optional.of(store.run(trial, threads, budget.guard(listener))),
              Optional.empty()));
    } catch (Budget.Spent spent) {
      cutShort = true;
    } catch (TamisException e) {
      refuse(round, candidate, e);
    }
  }

  /** Keeps why a candidate has no result, if that is of its own making. */
  private void refuse(int round, Strategy.Candidate candidate, TamisException reason) {
    if (reason.kind() != TamisException.Kind.CONFIG
        && reason.kind() != TamisException.Kind.BAD_DATA) {
      throw reason;
    }
    attempts.add(new Attempt(round, candidate, Optional.empty(), Optional.of(reason.getMessage())));
  }

  /** The settings of a candidate, with what all have. */
  public Settings settings(Strategy.Candidate candidate) {
    Map<String, String> texts = new TreeMap<>(fixed);
    texts.putAll(candidate.options());
    candidate.epochs().ifPresent(epochs -> texts.put("epochs", epochs.toString()));
    return Settings.parse("method '" + method.name() + "'", method.options(), texts);
  }

  /** The method whose options are searched. */
  public Method<?> method() {
    return method;
  }

  /** The options of all trials. */
  public Map<String, String> fixed() {
    return Collections.unmodifiableMap(fixed);
  }

  /** The ground on which trials are measured. */
  public Protocol protocol() {
    return protocol;
  }

  /** What was tried, in order. */
  public List<Attempt> attempts() {
    return List.copyOf(attempts);
  }

  /** Whether the budget ended before the search. */
  public boolean wasCutShort() {
    return cutShort;
  }

  /**
   * The attempts that have a value, the best first. A later round comes before an earlier one,
   * whose candidates had fewer epochs; of equals, the candidate that was drawn first.
   */
  public List<Attempt> ranked() {
    return attempts.stream()
        .filter(a -> a.value(protocol.metric()).isPresent())
        .sorted(
            Comparator.comparingInt((Attempt a) -> -a.round())
                .thenComparingDouble(a -> -a.value(protocol.metric()).getAsDouble())
                .thenComparingInt(a -> a.candidate().number()))
        .toList();
  }

  /** The first of {@link #ranked()}, if there is one. */
  public Optional<Attempt> best() {
    return ranked().stream().findFirst();
  }

  /** The options of a candidate that differ from the method's defaults. */
  public SortedMap<String, String> changed(Strategy.Candidate candidate) {
    SortedMap<String, String> all = new TreeMap<>(settings(candidate).complete(method.options()));
    SortedMap<String, String> defaults = Settings.none().complete(method.options());
    for (Option<?> option : method.options()) {
      all.remove(option.name(), defaults.get(option.name()));
    }
    return all;
  }
}
