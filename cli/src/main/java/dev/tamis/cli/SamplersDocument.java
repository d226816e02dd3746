package dev.tamis.cli;

import dev.tamis.config.Version;
import dev.tamis.eval.samplers.DrawnDivergence;
import dev.tamis.eval.samplers.GradientError;
import dev.tamis.eval.samplers.ProbeOptions;
import dev.tamis.eval.samplers.SamplerReport;
import dev.tamis.eval.samplers.SamplerTimes;
import dev.tamis.eval.samplers.Spread;
import dev.tamis.lab.statistics.Density;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What {@code tamis samplers} found, as a tree for JSON. All but {@code times} is a function of
 * models, options and version; times are no part of any comparison.
 */
final class SamplersDocument {
  private static final String FORMAT = "tamis-samplers";
  private static final int FORMAT_VERSION = 1;
  private static final int DENSITY_POINTS = 201;

  private SamplersDocument() {}

  static Map<String, Object> tree(ProbeOptions options, List<ProbedModel> models) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("format", FORMAT);
    tree.put("format_version", FORMAT_VERSION);
    tree.put("tamis_version", Version.current());
    tree.put("seed", options.seed());
    tree.put("draws", options.draws());
    tree.put("replicates", options.replicates());
    tree.put("models", models.stream().map(SamplersDocument::model).toList());
    return tree;
  }

  private static Map<String, Object> model(ProbedModel model) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("model", model.directory());
    tree.put("method", model.method());
    tree.put("untrained", model.untrained());
    tree.put("epochs", model.epochs());
    tree.put("fingerprint", model.fingerprint());
    tree.put("users", model.users());
    tree.put("items", model.items());
    Map<String, Object> curves = new LinkedHashMap<>();
    curves.put("items", Arrays.stream(model.curveItems()).boxed().toList());
    curves.put("softmax_unseen", list(model.softmaxOfUnseen()));
    model.softmaxOfAll().ifPresent(curve -> curves.put("softmax_all", list(curve)));
    tree.put("curves", curves);
    Density densities = new Density(largest(model), DENSITY_POINTS);
    tree.put("density_nats", list(densities.grid()));
    tree.put(
        "samplers", model.samplers().stream().map(probed -> sampler(probed, densities)).toList());
    model.sweep().ifPresent(swept -> tree.put("sweep", swept(swept)));
    Map<String, Object> times = new LinkedHashMap<>();
    times.put("reproducible", false);
    List<Map<String, Object>> taken = new ArrayList<>();
    for (ProbedModel.Probed probed : model.samplers()) {
      probed.times().ifPresent(t -> taken.add(times(probed.sampler().name(), t)));
    }
    times.put("samplers", taken);
    model
        .sweep()
        .filter(SamplersDocument::timed)
        .ifPresent(swept -> times.put("sweep", sweptTimes(swept)));
    tree.put("times", times);
    return tree;
  }

  /** Up to where densities are to reach. */
  private static double largest(ProbedModel model) {
    double largest = 0;
    for (ProbedModel.Probed probed : model.samplers()) {
      for (double value : probed.report().divergences()) {
        largest = Math.max(largest, value);
      }
      for (double value : probed.report().drawnMost().byUser()) {
        largest = Math.max(largest, value);
      }
    }
    return largest;
  }

  private static Map<String, Object> sampler(ProbedModel.Probed probed, Density densities) {
    SamplerReport report = probed.report();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", probed.sampler().name());
    tree.put("summary", probed.sampler().summary());
    tree.put("options", probed.options());
    tree.put("softmax", report.drawsPositives() ? "softmax_all" : "softmax_unseen");
    tree.put("given_pool", report.givenPool());
    tree.put("kl", spread(report.divergence()));
    tree.put("kl_by_user", list(report.divergences()));
    tree.put("kl_density", list(densities.of(report.divergences())));
    tree.put("kl_of_draws", report.drawn().stream().map(SamplersDocument::drawn).toList());
    tree.put("kl_of_draws_by_user", list(report.drawnMost().byUser()));
    tree.put("kl_of_draws_density", list(densities.of(report.drawnMost().byUser())));
    tree.put("trials", spread(report.trials()));
    List<Map<String, Object>> gradients = new ArrayList<>();
    for (GradientError error : report.gradients()) {
      Map<String, Object> gradient = new LinkedHashMap<>();
      gradient.put("size", error.size());
      gradient.put("bias", error.bias());
      gradient.put("error_of_mean", error.errorOfMean());
      gradient.put("error_by_chance", error.chance());
      gradient.put("spread", error.spread());
      gradients.add(gradient);
    }
    tree.put("gradient", gradients);
    tree.put("curve", list(report.law()));
    tree.put("curve_of_draws", list(report.drawnLaw()));
    return tree;
  }

  private static Map<String, Object> drawn(DrawnDivergence drawn) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("draws", drawn.draws());
    tree.putAll(spread(drawn.spread()));
    tree.put("surplus", drawn.surplus());
    return tree;
  }

  /** What does not depend on a clock. */
  private static Map<String, Object> swept(ProbedModel.Swept swept) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("option", swept.option());
    tree.put("values", swept.values());
    List<Map<String, Object>> samplers = new ArrayList<>();
    swept
        .samplers()
        .forEach(
            (name, values) -> {
              Map<String, Object> one = new LinkedHashMap<>();
              one.put("name", name);
              one.put("kl", each(values, probed -> spread(probed.report().divergence())));
              one.put("kl_of_draws", each(values, probed -> drawn(probed.report().drawnMost())));
              samplers.add(one);
            });
    tree.put("samplers", samplers);
    return tree;
  }

  private static boolean timed(ProbedModel.Swept swept) {
    return swept.samplers().values().stream()
        .flatMap(List::stream)
        .anyMatch(value -> value.flatMap(ProbedModel.Probed::times).isPresent());
  }

  private static List<Map<String, Object>> sweptTimes(ProbedModel.Swept swept) {
    List<Map<String, Object>> samplers = new ArrayList<>();
    swept
        .samplers()
        .forEach(
            (name, values) -> {
              Map<String, Object> one = new LinkedHashMap<>();
              one.put("name", name);
              one.put("values", each(values, probed -> times(name, probed.times().orElseThrow())));
              samplers.add(one);
            });
    return samplers;
  }

  /** One value a measurement, null where there is none. */
  private static List<Object> each(
      List<Optional<ProbedModel.Probed>> values, Function<ProbedModel.Probed, Object> of) {
    List<Object> all = new ArrayList<>();
    values.forEach(value -> all.add(value.map(of).orElse(null)));
    return all;
  }

  private static Map<String, Object> times(String name, SamplerTimes times) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", name);
    tree.put("refresh_milliseconds", times.refreshMilliseconds());
    List<Map<String, Object>> draws = new ArrayList<>();
    times
        .drawNanoseconds()
        .forEach(
            (size, nanoseconds) -> {
              Map<String, Object> draw = new LinkedHashMap<>();
              draw.put("size", size);
              draw.put("nanoseconds", nanoseconds);
              draws.add(draw);
            });
    tree.put("draws", draws);
    return tree;
  }

  private static Map<String, Object> spread(Spread spread) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("mean", spread.mean());
    tree.put("standard_error", spread.standardError());
    tree.put("p10", spread.low());
    tree.put("median", spread.median());
    tree.put("p90", spread.high());
    return tree;
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
