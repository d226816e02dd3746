package dev.tamis.lab.reproduce;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.lab.FinishedTrial;
import dev.tamis.lab.Protocol;
import dev.tamis.lab.Trial;
import dev.tamis.lab.TrialStore;
import dev.tamis.method.Method;
import dev.tamis.method.Methods;
import dev.tamis.train.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A table of a paper that is run on data: line by line, seed by seed. Trials are kept in a store,
 * so what was stopped goes on where it was.
 *
 * @param table what is run
 * @param dataset which dataset of the paper the data are, if one
 * @param labels the lines to run; all if empty
 * @param seeds of each line
 * @param epochs instead of those that the table says, for methods that have epochs
 */
public record Reproduction(
    PublishedTable table,
    Optional<String> dataset,
    List<String> labels,
    List<Long> seeds,
    Optional<Integer> epochs) {
  /** Is told which trial begins. */
  @FunctionalInterface
  public interface Announcer {
    /** The {@code number}-th of {@code all} trials begins; the first is 1. */
    TrainingListener begins(PublishedTable.Line line, long seed, int number, int all);
  }

  /**
   * @throws TamisException of kind USAGE if the paper has no such dataset or no such line
   */
  public Reproduction {
    labels = List.copyOf(labels);
    seeds = List.copyOf(seeds);
    if (dataset.isPresent() && !table.datasets().contains(dataset.get())) {
      throw TamisException.usage(
          table.datasets().isEmpty()
              ? "%s %s has no printed numbers; leave --dataset out"
                  .formatted(table.paper(), table.name())
              : "%s %s has no dataset '%s'; it has %s"
                  .formatted(
                      table.paper(),
                      table.name(),
                      dataset.get(),
                      String.join(", ", table.datasets())));
    }
    table.lines(labels);
  }

  /**
   * Runs all that is not in the store. A line that its method refuses, for want of memory for
   * example, is left out with the reason, and the others go on.
   *
   * @param soFar is told what is done after each line, the last included
   * @throws TamisException of the kinds that reading, writing and measuring have
   */
  public List<ReproducedLine> run(
      Protocol protocol,
      TrialStore store,
      int threads,
      Announcer announcer,
      Consumer<List<ReproducedLine>> soFar) {
    List<PublishedTable.Line> lines = table.lines(labels);
    List<ReproducedLine> done = new ArrayList<>();
    int number = 0;
    for (PublishedTable.Line line : lines) {
      List<FinishedTrial> trials = new ArrayList<>();
      Optional<String> refusal = Optional.empty();
      for (long seed : seeds) {
        number++;
        try {
          Trial trial = trial(protocol, line, seed);
          TrainingListener listener =
              announcer.begins(line, seed, number, lines.size() * seeds.size());
          trials.add(store.run(trial, threads, listener));
        } catch (TamisException e) {
          if (e.kind() != TamisException.Kind.CONFIG) {
            throw e;
          }
          refusal = Optional.of(e.getMessage());
        }
      }
      done.add(new ReproducedLine(line, refusal.isPresent() ? List.of() : trials, refusal));
      soFar.accept(List.copyOf(done));
    }
    return done;
  }

  /** The options that a line is run with. */
  public SortedMap<String, String> options(PublishedTable.Line line) {
    SortedMap<String, String> options = new TreeMap<>(line.on(dataset));
    List<String> known = Methods.named(line.method()).options().stream().map(Option::name).toList();
    epochs
        .filter(number -> known.contains("epochs"))
        .ifPresent(number -> options.put("epochs", number.toString()));
    return options;
  }

  private Trial trial(Protocol protocol, PublishedTable.Line line, long seed) {
    Method<?> method = Methods.named(line.method());
    Settings settings =
        Settings.parse("method '" + method.name() + "'", method.options(), options(line));
    return new Trial(protocol, method, settings, seed);
  }
}
