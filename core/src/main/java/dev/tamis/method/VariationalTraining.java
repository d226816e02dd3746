package dev.tamis.method;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.objective.Objective;
import dev.tamis.train.FrozenKl;
import dev.tamis.train.KlSchedule;
import dev.tamis.train.KlWeight;
import dev.tamis.train.Run;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How variational autoencoders are trained, whatever their likelihood: in one run, or in two of
 * which the first finds the highest weight of the divergence.
 *
 * @param method the method's name
 * @param known the method's options
 * @param settings their values
 * @param options those that every variational autoencoder has
 */
record VariationalTraining(
    String method,
    List<Option<?>> known,
    Settings settings,
    VariationalOptions options,
    Objective likelihood) {

  TrainedModel fit(Interactions train, Run run) {
    switch (options.klSelection()) {
      case TWO_RUN:
        refuseWithoutValidation(run);
        return inTwoRuns(train, run);
      case FREEZE:
        refuseWithoutValidation(run);
        return freezing(train, run);
      default:
        return training(options.klCap(), schedule(options.klCap()), train).fit(train, run).model();
    }
  }

  private TrainedModel freezing(Interactions train, Run run) {
    int patience = run.validation().orElseThrow().patience();
    if (patience > 0 && patience <= options.klPatience()) {
      throw TamisException.config(
          "kl-selection freeze freezes the weight after kl-patience="
              + options.klPatience()
              + " measurements without a new best, but training stops after a patience of "
              + patience
              + "; give a higher patience, or a lower kl-patience");
    }
    FrozenKl weight = new FrozenKl(schedule(1), options.klPatience(), run.listener()::note);
    return training(options.klCap(), weight, train).fit(train, run).model();
  }

  private TrainedModel inTwoRuns(Interactions train, Run run) {
    Phases phases =
        new Phases(run.checkpoints(), Identity.of(method, settings.complete(known), train, run));
    SortedMap<String, Object> found =
        phases.find(
            checkpoints -> {
              AutoencoderTraining first = training(1, schedule(1), train);
              long steps = first.fit(train, run.withCheckpoints(checkpoints)).steps();
              return new TreeMap<>(Map.of("steps", new long[] {steps}));
            });
    double cap = schedule(1).at(((long[]) found.get("steps"))[0]);
    run.listener()
        .note(
            "the first run was best at a divergence weight of " + cap + ", the cap of the second");
    return training(cap, schedule(cap), train)
        .fit(train, run.withCheckpoints(phases.last()))
        .model();
  }

  private void refuseWithoutValidation(Run run) {
    if (run.validation().isEmpty()) {
      throw TamisException.config(
          "kl-selection "
              + VariationalOptions.KL_SELECTION.format(options.klSelection())
              + " chooses by validation, but there is no validation data; give some, or set"
              + " kl-selection=given and kl-cap");
    }
  }

  private KlSchedule schedule(double cap) {
    return new KlSchedule(cap, options.klAnnealSteps());
  }

  private AutoencoderTraining training(double cap, KlWeight weight, Interactions train) {
    return new AutoencoderTraining(
        method,
        settings.with(VariationalOptions.KL_CAP, cap).complete(known),
        options.net(),
        options.net().variational(train.itemCount()),
        likelihood,
        weight,
        options.samples(),
        0);
  }
}
