package dev.tamis.lab;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.data.generate.DataGenerator;
import dev.tamis.data.generate.GeneratorOptions;
import dev.tamis.data.split.SplitData;
import dev.tamis.data.split.Splitters;
import dev.tamis.eval.Metrics;
import dev.tamis.method.Method;
import dev.tamis.method.Methods;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Generated data, parted, and trials of small models on it. */
public final class SmallGround {
  private static final Map<String, String> SMALL =
      Map.of("dim", "8", "epochs", "6", "batch-size", "64", "latent", "6", "hidden", "10");

  private SmallGround() {}

  static Interactions interactions() {
    return DataGenerator.generate(
            GeneratorOptions.defaults().withUsers(120).withItems(60).withMeanHistory(15))
        .interactions();
  }

  static TrainingData data(String split, long seed) {
    SplitData parted = Splitters.parse(split).split(interactions(), seed);
    return new TrainingData(parted.train(), parted.validation(), Optional.of(parted.test()));
  }

  /** Random parts with validation, all metrics at 5 and 10. */
  public static Protocol protocol() {
    return new Protocol(
        data("random:0.7:0.1", 1), Metrics.at(5, 10), new Protocol.Stopping("ndcg@10", 2, 0));
  }

  /** A trial with small options; more of them as name, value, name, value. */
  public static Trial trial(Protocol protocol, String method, long seed, String... more) {
    Method<?> named = Methods.named(method);
    List<String> known = named.options().stream().map(Option::name).toList();
    Map<String, String> texts = new HashMap<>(SMALL);
    texts.keySet().retainAll(known);
    for (int i = 0; i < more.length; i += 2) {
      texts.put(more[i], more[i + 1]);
    }
    return new Trial(
        protocol, named, Settings.parse("method '" + method + "'", named.options(), texts), seed);
  }

  /** A store that leaves a checkpoint after every epoch. */
  public static TrialStore eagerStore(Path directory) {
    return new TrialStore(
        directory,
        warning -> {
          throw new AssertionError(warning);
        },
        true);
  }
}
