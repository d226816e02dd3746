package dev.tamis.lab.tune;

import dev.tamis.config.Version;
import dev.tamis.data.feature.SideFeatures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A search as a tree for JSON. All but the seconds is the same on every run. */
public final class TuningDocument {
  private TuningDocument() {}

  /**
   * The whole of it.
   *
   * @param tuning a search that was run
   * @param space what it went over
   * @param command what to type to train with the best options; empty if there are none
   * @param times whether to tell how long trials took
   */
  public static Map<String, Object> tree(
      Tuning tuning, Space space, Optional<String> command, boolean times) {
    Map<String, Object> tree = new LinkedHashMap<>();
    String metric = tuning.protocol().metric();
    tree.put("tamis_version", Version.current());
    tree.put("method", tuning.method().name());
    tree.put("metric", metric);
    tree.put("data", tuning.protocol().dataFingerprint());
    tree.put("protocol", tuning.protocol().fingerprint());
    SideFeatures features = tuning.protocol().data().features();
    tree.put("features", features.isEmpty() ? null : features.fingerprint());
    tree.put("fixed", tuning.fixed());
    tree.put("space", space.dimensions().stream().map(TuningDocument::dimension).toList());
    tree.put("cut_short", tuning.wasCutShort());
    List<Map<String, Object>> trials = new ArrayList<>();
    tuning.attempts().forEach(attempt -> trials.add(attempt(attempt, times)));
    tree.put("trials", trials);
    tree.put(
        "best",
        tuning
            .best()
            .map(
                best -> {
                  Map<String, Object> one = new LinkedHashMap<>();
                  one.put("round", best.round());
                  one.put("number", best.candidate().number());
                  one.put("value", best.value(metric).getAsDouble());
                  one.put("options", tuning.changed(best.candidate()));
                  one.put("command", command);
                  return one;
                }));
    return tree;
  }

  private static Map<String, Object> dimension(Dimension dimension) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("option", dimension.option());
    if (dimension.isList()) {
      tree.put("values", dimension.values());
    } else {
      tree.put("logarithmic", dimension.isLogarithmic());
    }
    return tree;
  }

  private static Map<String, Object> attempt(Attempt attempt, boolean times) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("round", attempt.round());
    tree.put("number", attempt.candidate().number());
    tree.put("options", attempt.candidate().options());
    attempt.candidate().epochs().ifPresent(epochs -> tree.put("at_most_epochs", epochs));
    attempt
        .trial()
        .ifPresent(
            trial -> {
              tree.put("validation", trial.result().validation());
              tree.put("epochs", trial.result().epochs());
              if (times) {
                tree.put("seconds", trial.cost().trainSeconds());
              }
            });
    attempt.failure().ifPresent(why -> tree.put("failure", why));
    return tree;
  }
}
