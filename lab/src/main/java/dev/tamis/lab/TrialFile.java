package dev.tamis.lab;

import dev.tamis.artifact.StateFile;
import dev.tamis.config.TamisException;
import dev.tamis.eval.Evaluation;
import dev.tamis.eval.PerUserValues;
import dev.tamis.eval.PopularitySlices;
import dev.tamis.train.TrainingState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Trials as files: key and result in one, whose bytes are a function of the key, and cost in
 * another. A file that is damaged or of another kind is refused.
 */
final class TrialFile {
  private static final int FORMAT = 1;

  private TrialFile() {}

  static void writeResult(Path file, TrialKey key, TrialResult result) {
    TrainingState state = new TrainingState();
    state.put("format", new int[] {FORMAT});
    state.put("data", key.data());
    state.put("protocol", key.protocol());
    state.put("method", key.method());
    state.put("version", key.version());
    state.put("seed", new long[] {key.seed()});
    key.options().forEach((name, value) -> state.put("option/" + name, value));
    if (!key.features().isEmpty()) {
      state.put("features", key.features());
    }
    state.put("epochs", new int[] {result.epochs()});
    state.put("model-bytes", new long[] {result.modelBytes()});
    LearningCurve.write(state, "curve/", result.curve(), result.notes());
    // What training measured itself stands in the curve.
    if (TrialResult.chosenBy(result.curve(), result.epochs()).isEmpty()) {
      result.validation().ifPresent(metrics -> put(state, "validation", metrics));
    }
    result.evaluation().ifPresent(evaluation -> put(state, evaluation));
    put(state, result.popularity());
    new StateFile(key.text(), state).write(file);
  }

  static TrialKey readKey(Path file, TrainingState state) {
    if (!state.has("format") || state.ints("format")[0] != FORMAT) {
      throw TamisException.badData(
          file + ": is not a trial that this Tamis reads; move it away, or choose another place");
    }
    SortedMap<String, String> options = new TreeMap<>();
    state
        .texts()
        .forEach(
            (name, value) -> {
              if (name.startsWith("option/")) {
                options.put(name.substring("option/".length()), value);
              }
            });
    return new TrialKey(
        state.text("data"),
        state.text("protocol"),
        state.text("method"),
        options,
        state.has("features") ? state.text("features") : "",
        state.longs("seed")[0],
        state.text("version"));
  }

  static TrialResult readResult(TrainingState state) {
    int epochs = state.ints("epochs")[0];
    List<TrialResult.Epoch> curve = LearningCurve.read(state, "curve/");
    return new TrialResult(
        epochs,
        state.longs("model-bytes")[0],
        curve,
        LearningCurve.readNotes(state, "curve/"),
        state.has("validation/names")
            ? Optional.of(numbers(state, "validation"))
            : TrialResult.chosenBy(curve, epochs),
        state.has("test/protocol") ? Optional.of(evaluation(state)) : Optional.empty(),
        popularity(state));
  }

  static void writeCost(Path file, TrialKey key, TrialCost cost) {
    TrainingState state = new TrainingState();
    state.put("seconds", new double[] {cost.trainSeconds(), cost.evaluateSeconds()});
    state.put("planned-bytes", new long[] {cost.plannedBytes()});
    state.put("threads", new int[] {cost.threads()});
    new StateFile("cost of " + key.text(), state).write(file);
  }

  static TrialCost readCost(TrainingState state) {
    double[] seconds = state.doubles("seconds");
    return new TrialCost(
        seconds[0], seconds[1], state.longs("planned-bytes")[0], state.ints("threads")[0]);
  }

  private static void put(TrainingState state, Evaluation evaluation) {
    state.put("test/protocol", evaluation.protocol());
    state.put("test/counts", new int[] {evaluation.users(), evaluation.skipped()});
    put(state, "test/metrics", evaluation.metrics());
    put(state, "test/errors", evaluation.standardErrors());
    PerUserValues perUser = evaluation.perUser();
    state.put("test/users", perUser.users());
    state.put("test/measured", String.join("\n", perUser.metrics()));
    for (String metric : perUser.metrics()) {
      state.put("test/of/" + metric, perUser.of(metric));
    }
  }

  private static Evaluation evaluation(TrainingState state) {
    int[] counts = state.ints("test/counts");
    List<String> measured = lines(state.text("test/measured"));
    return new Evaluation(
        state.text("test/protocol"),
        counts[0],
        counts[1],
        numbers(state, "test/metrics"),
        numbers(state, "test/errors"),
        new TreeMap<>(),
        PerUserValues.of(
            state.ints("test/users"),
            measured,
            measured.stream().map(m -> state.doubles("test/of/" + m)).toArray(double[][]::new)));
  }

  private static void put(TrainingState state, List<PopularitySlices.Slice> slices) {
    int[] bounds = new int[3 * slices.size()];
    for (int s = 0; s < slices.size(); s++) {
      PopularitySlices.Slice slice = slices.get(s);
      bounds[3 * s] = slice.fewest();
      bounds[3 * s + 1] = slice.most();
      bounds[3 * s + 2] = slice.items();
      state.put("popularity/" + s, slice.recall());
    }
    state.put("popularity", bounds);
  }

  private static List<PopularitySlices.Slice> popularity(TrainingState state) {
    int[] bounds = state.ints("popularity");
    List<PopularitySlices.Slice> slices = new ArrayList<>();
    for (int s = 0; s < bounds.length / 3; s++) {
      slices.add(
          new PopularitySlices.Slice(
              bounds[3 * s],
              bounds[3 * s + 1],
              bounds[3 * s + 2],
              state.doubles("popularity/" + s)));
    }
    return slices;
  }

  private static void put(TrainingState state, String name, SortedMap<String, Double> numbers) {
    state.put(name + "/names", String.join("\n", numbers.keySet()));
    state.put(
        name + "/values", numbers.values().stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static SortedMap<String, Double> numbers(TrainingState state, String name) {
    SortedMap<String, Double> numbers = new TreeMap<>();
    List<String> names = lines(state.text(name + "/names"));
    double[] values = state.doubles(name + "/values");
    for (int i = 0; i < values.length; i++) {
      numbers.put(names.get(i), values[i]);
    }
    return numbers;
  }

  private static List<String> lines(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split("\n"));
  }
}
