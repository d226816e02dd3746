package dev.tamis.method;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Trains any method on small data with small settings. */
final class SmallRuns {
  /** What makes a method small; a method takes those that are options of its own. */
  private static final Map<String, String> SMALL =
      Map.ofEntries(
          Map.entry("dim", "7"),
          Map.entry("gmf-dim", "3"),
          Map.entry("hidden-layers", "8,4"),
          Map.entry("negatives", "3"),
          Map.entry("clusters", "5"),
          Map.entry("codewords", "4"),
          Map.entry("rank-scale", "10"),
          Map.entry("discriminator-epochs", "3"),
          Map.entry("generator-epochs", "2"),
          Map.entry("refresh-epochs", "2"),
          Map.entry("pretrain-epochs", "10"),
          Map.entry("leaf-items", "4"),
          Map.entry("memory", "2"),
          Map.entry("warm-up", "2"),
          Map.entry("hidden", "9"),
          Map.entry("latent", "5"),
          Map.entry("epochs", "4"),
          Map.entry("batch-size", "16"),
          Map.entry("hash-sizes", "7,11"),
          Map.entry("learning-rate", "0.01"),
          Map.entry("kl-anneal-steps", "40"),
          Map.entry("kl-patience", "1"));

  private SmallRuns() {}

  /** Small settings, and others given as name, value, name, value. */
  static Settings settings(Method<?> method, String... others) {
    Map<String, String> all = new HashMap<>(SMALL);
    for (int i = 0; i < others.length; i += 2) {
      all.put(others[i], others[i + 1]);
    }
    List<String> known = method.options().stream().map(Option::name).toList();
    all.keySet().retainAll(known);
    return Settings.parse("method '" + method.name() + "'", method.options(), all);
  }

  /** The names of the samplers that a method offers. */
  static List<String> samplers(Method<?> method) {
    Option<?> sampler =
        method.options().stream().filter(o -> o.name().equals("sampler")).findFirst().orElseThrow();
    return List.of(sampler.allowed().replace("one of ", "").split(", "));
  }

  static <O extends Record> TrainedModel fit(
      Method<O> method, Settings settings, Interactions train, Run run) {
    return method.fit(train, method.read(settings), run);
  }

  static <O extends Record> MemoryPlan plan(
      Method<O> method, Settings settings, Interactions train, Run run) {
    return method.plan(train, method.read(settings), run);
  }

  /** The numbers of all tables. */
  static float[][] values(TrainedModel trained) {
    return trained.model().tables().stream().map(t -> t.values().clone()).toArray(float[][]::new);
  }
}
