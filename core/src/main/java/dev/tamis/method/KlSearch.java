package dev.tamis.method;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.method.VariationalOptions.KlSelection;
import dev.tamis.train.FrozenKl;
import dev.tamis.train.KlSchedule;
import dev.tamis.train.KlWeight;
import dev.tamis.train.Run;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the highest weight of the divergence is found: it is given, or by a first run with cap 1, or
 * within the run itself (Liang et al. 2018, section 2.2.2). The same for all variational
 * autoencoders.
 *
 * @param method the method's name
 * @param known the method's options
 * @param settings their values
 */
record KlSearch(
    String method,
    List<Option<?>> known,
    Settings settings,
    double cap,
    int annealSteps,
    KlSelection selection,
    int patience) {
  /** Trains from the start. */
  @FunctionalInterface
  interface Training {
    /**
     * @param options all the method's options as text, with the cap of this run
     */
    Fitted fit(SortedMap<String, String> options, KlWeight weight, Run run);
  }

  /**
   * Trains once, or twice.
   *
   * @throws TamisException of kind CONFIG if there is nothing to find the weight by
   */
  TrainedModel fit(Interactions train, Run run, Training training) {
    if (selection == KlSelection.GIVEN) {
      return training.fit(texts(cap), schedule(cap), run).model();
    }
    String given = "kl-selection " + VariationalOptions.KL_SELECTION.format(selection);
    if (run.validation().isEmpty()) {
      throw TamisException.config(
          given
              + " chooses by validation, but there is no validation data; give some, or set"
              + " kl-selection=given and kl-cap");
    }
    if (annealSteps == 0) {
      throw TamisException.config(
          given
              + " finds the best weight while it rises, in kl-anneal-steps, but these are 0; set"
              + " them, or set kl-selection=given and kl-cap");
    }
    return selection == KlSelection.FREEZE
        ? freezing(run, training)
        : inTwoRuns(train, run, training);
  }

  private TrainedModel freezing(Run run, Training training) {
    int stop = run.validation().orElseThrow().patience();
    if (stop > 0 && stop <= patience) {
      throw TamisException.config(
          "kl-selection freeze freezes the weight after kl-patience="
              + patience
              + " measurements without a new best, but training stops after a patience of "
              + stop
              + "; give a higher patience, or a lower kl-patience");
    }
    FrozenKl weight = new FrozenKl(schedule(1), patience, run.listener()::note);
    return training.fit(texts(cap), weight, run).model();
  }

  private TrainedModel inTwoRuns(Interactions train, Run run, Training training) {
    Phases phases =
        new Phases(run.checkpoints(), Identity.of(method, settings.complete(known), train, run));
    SortedMap<String, Object> found =
        phases.find(
            checkpoints -> {
              Run first = run.withCheckpoints(checkpoints);
              long steps = training.fit(texts(1), schedule(1), first).steps();
              return new TreeMap<>(Map.of("steps", new long[] {steps}));
            });
    double best = schedule(1).at(((long[]) found.get("steps"))[0]);
    run.listener()
        .note(
            "the first run was best at a divergence weight of " + best + ", the cap of the second");
    return training.fit(texts(best), schedule(best), run.withCheckpoints(phases.last())).model();
  }

  private SortedMap<String, String> texts(double ofThisRun) {
    return settings.with(VariationalOptions.KL_CAP, ofThisRun).complete(known);
  }

  private KlSchedule schedule(double highest) {
    return new KlSchedule(highest, annealSteps);
  }
}
