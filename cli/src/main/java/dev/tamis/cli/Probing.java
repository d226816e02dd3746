package dev.tamis.cli;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.eval.samplers.ProbeOptions;
import dev.tamis.eval.samplers.SamplerProbe;
import dev.tamis.eval.samplers.SamplerReport;
import dev.tamis.kernels.Workers;
import dev.tamis.method.sampler.Sampler;
import dev.tamis.model.EncoderModel;
import dev.tamis.model.FactorModel;
import dev.tamis.model.PairModel;
import dev.tamis.model.ServableModel;
import dev.tamis.sample.Proposal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures samplers on one model after another.
 *
 * @param samplers which
 * @param asked whether they were asked for: then one that cannot draw for a model ends it all, and
 *     else it is left out with a note; a value of the sweep with which it cannot is always left out
 * @param settings what was set of their options
 * @param sweep an option that takes several values, if any
 * @param timeSizes how many items are drawn at a time by the clock; empty to look at no clock
 */
record Probing(
    Console console,
    List<Sampler> samplers,
    boolean asked,
    Map<String, String> settings,
    Optional<SamplerSweep> sweep,
    ProbeOptions options,
    List<Integer> timeSizes,
    Workers workers) {

  /** Measures them all on a model as it is. */
  ProbedModel trained(Path directory, TrainedModel trained) {
    return probe(directory, trained, trained.model(), false);
  }

  /** Measures them all on a model with its vectors drawn anew; without clock, and without sweep. */
  ProbedModel untrained(Path directory, TrainedModel trained) {
    ServableModel drawn = Untrained.of(trained.model(), options.seed());
    return new Probing(
            console, samplers, asked, settings, Optional.empty(), options, List.of(), workers)
        .probe(directory, trained, drawn, true);
  }

  private ProbedModel probe(
      Path directory, TrainedModel trained, ServableModel served, boolean untrained) {
    PairModel model =
        served instanceof EncoderModel encoder
            ? encoder.pairs(trained.seen())
            : ((FactorModel) served).pairs();
    String where = directory + (untrained ? ", not trained" : "");
    SamplerProbe probe = new SamplerProbe(trained.seen(), model, options, workers);
    List<ProbedModel.Probed> found = new ArrayList<>();
    for (Sampler sampler : samplers) {
      measure(where, sampler, settings, asked, trained, model, probe).ifPresent(found::add);
    }
    boolean all = found.stream().anyMatch(some -> some.report().drawsPositives());
    return new ProbedModel(
        directory.toString(),
        trained.method(),
        untrained,
        untrained ? 0 : trained.epochs(),
        trained.fingerprint(),
        probe.users(),
        trained.users().size(),
        trained.items().size(),
        probe.curveItems(),
        probe.softmax(false),
        all ? Optional.of(probe.softmax(true)) : Optional.empty(),
        found,
        sweep.map(option -> swept(where, option, trained, model)));
  }

  /** Refuses a model whose score is no inner product: there are no samplers to measure on it. */
  static void requirePairs(Path directory, TrainedModel trained) {
    if (trained.model() instanceof FactorModel || trained.model() instanceof EncoderModel) {
      return;
    }
    throw TamisException.usage(
        directory
            + " is a model of method '"
            + trained.method()
            + "' and kind '"
            + trained.model().kind()
            + "'; samplers are measured on models of kinds '"
            + FactorModel.KIND
            + "' and '"
            + EncoderModel.KIND
            + "', whose score is an inner product of a user's and an item's vector: train bpr,"
            + " pris, sampled-softmax, fast-vae or another method that draws negatives, with score"
            + " dot or gmf");
  }

  private ProbedModel.Swept swept(
      String where, SamplerSweep option, TrainedModel trained, PairModel model) {
    SamplerProbe probe =
        new SamplerProbe(trained.seen(), model, options.withoutGradients(), workers);
    Map<String, List<Optional<ProbedModel.Probed>>> found = new LinkedHashMap<>();
    for (Sampler sampler : samplers) {
      if (option.of(sampler)) {
        List<Optional<ProbedModel.Probed>> values = new ArrayList<>();
        for (String value : option.values()) {
          String there = where + ", " + option.option() + "=" + value;
          values.add(
              measure(there, sampler, option.with(settings, value), false, trained, model, probe));
        }
        found.put(sampler.name(), values);
      }
    }
    return new ProbedModel.Swept(option.option(), option.values(), found);
  }

  private Optional<ProbedModel.Probed> measure(
      String where,
      Sampler sampler,
      Map<String, String> texts,
      boolean required,
      TrainedModel trained,
      PairModel model,
      SamplerProbe probe) {
    Settings given = sampler.read(texts);
    Proposal proposal;
    try {
      proposal = sampler.proposal(trained.seen(), model.items().width(), given);
    } catch (TamisException e) {
      if (required) {
        throw e;
      }
      console.note("%s: sampler %s is left out: %s", where, sampler.name(), e.getMessage());
      return Optional.empty();
    }
    console.note("%s: sampler %s", where, sampler.name());
    // As in training: some samplers have nothing of the model yet in the first epoch.
    for (int epoch = 0; epoch < 2; epoch++) {
      proposal.refresh(model, options.seed(), epoch, workers);
    }
    SamplerReport report = probe.measure(proposal);
    return Optional.of(
        new ProbedModel.Probed(
            sampler,
            given.complete(sampler.options()),
            report,
            timeSizes.isEmpty()
                ? Optional.empty()
                : Optional.of(probe.clock().measure(proposal, timeSizes))));
  }
}
