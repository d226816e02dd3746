package dev.tamis.lab.compare;

import dev.tamis.config.Version;
import dev.tamis.lab.FinishedTrial;
import dev.tamis.lab.Protocol;
import dev.tamis.lab.TrialKey;
import dev.tamis.lab.TrialResult;
import dev.tamis.lab.statistics.Interval;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A comparison as a tree for JSON. All but {@code times} is a function of the trials and the
 * question; times are no part of any comparison.
 */
public final class ComparisonDocument {
  private static final String FORMAT = "tamis-comparison";
  private static final int FORMAT_VERSION = 1;

  private ComparisonDocument() {}

  /**
   * The whole of it.
   *
   * @param comparison empty if no trial was finished
   * @param notRun the trials that were asked for and have no result
   * @param times whether to tell times and what depends on them
   */
  public static Map<String, Object> tree(
      Optional<Comparison> comparison, List<NotRun> notRun, boolean times) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("format", FORMAT);
    tree.put("format_version", FORMAT_VERSION);
    tree.put("tamis_version", Version.current());
    comparison.ifPresent(
        c -> {
          TrialKey key = c.standings().get(0).contender().trials().get(0).key();
          tree.put("data", key.data());
          tree.put("protocol", key.protocol());
          tree.put("metric", c.question().metric());
          tree.put("popularity_metric", "recall@" + Protocol.cutOff(c.question().metric()));
          tree.put("users", c.users());
          tree.put("confidence", Question.CONFIDENCE);
          tree.put("level", Question.LEVEL);
          tree.put("resamples", c.question().resamples());
          tree.put("seed", c.question().seed());
          tree.put("verdict", c.verdict());
          tree.put("contenders", c.standings().stream().map(ComparisonDocument::standing).toList());
          tree.put("pairs", c.pairs().stream().map(ComparisonDocument::pair).toList());
        });
    tree.put("not_run", notRun.stream().map(ComparisonDocument::notRun).toList());
    if (times && comparison.isPresent()) {
      tree.put("times", times(comparison.get()));
    }
    return tree;
  }

  private static Map<String, Object> standing(Standing standing) {
    TrialKey key = standing.contender().trials().get(0).key();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", standing.name());
    tree.put("method", key.method());
    tree.put("options", key.options());
    if (!key.features().isEmpty()) {
      tree.put("features", key.features());
    }
    tree.put("model_bytes", standing.modelBytes());
    Map<String, Object> metrics = new LinkedHashMap<>();
    standing
        .metrics()
        .forEach(
            (name, estimate) -> {
              Map<String, Object> one = new LinkedHashMap<>();
              one.put("mean", estimate.mean());
              one.put("interval", estimate.interval().map(ComparisonDocument::interval));
              one.put("seed_deviation", estimate.seedDeviation());
              metrics.put(name, one);
            });
    tree.put("metrics", metrics);
    tree.put("by_activity", slices(standing.byActivity(), "items"));
    tree.put("by_popularity", slices(standing.byPopularity(), "users"));
    List<FinishedTrial> trials = standing.contender().trials();
    tree.put("trials", trials.stream().map(ComparisonDocument::trial).toList());
    return tree;
  }

  private static List<Map<String, Object>> slices(List<SliceEstimate> slices, String of) {
    return slices.stream()
        .map(
            slice -> {
              Map<String, Object> tree = new LinkedHashMap<>();
              tree.put("fewest_" + of, slice.fewest());
              tree.put("most_" + of, slice.most());
              tree.put("users", slice.users());
              tree.put("mean", slice.mean());
              tree.put("standard_error", slice.standardError());
              return tree;
            })
        .toList();
  }

  private static Map<String, Object> trial(FinishedTrial trial) {
    TrialResult result = trial.result();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("seed", trial.key().seed());
    tree.put("epochs", result.epochs());
    tree.put("notes", result.notes());
    tree.put("metrics", result.evaluation().orElseThrow().metrics());
    tree.put(
        "curve",
        result.curve().stream()
            .filter(epoch -> epoch.phase() == result.phases())
            .map(ComparisonDocument::epoch)
            .toList());
    return tree;
  }

  private static Map<String, Object> epoch(TrialResult.Epoch epoch) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("epoch", epoch.epoch());
    tree.put("loss", epoch.loss());
    SortedMap<String, Double> validation = epoch.validation();
    if (!validation.isEmpty()) {
      tree.put("validation", validation);
    }
    return tree;
  }

  private static Map<String, Object> pair(Pair pair) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("a", pair.a());
    tree.put("b", pair.b());
    tree.put("difference", pair.difference());
    tree.put("interval_over_users", interval(pair.ofUsers()));
    tree.put("better_users", pair.wins());
    tree.put("worse_users", pair.losses());
    tree.put("p_sign_flips", pair.flipsP());
    tree.put(
        "users_and_seeds",
        pair.ofBoth()
            .map(
                both -> {
                  Map<String, Object> more = new LinkedHashMap<>();
                  more.put("standard_error", both.standardError());
                  more.put("degrees_of_freedom", both.freedom());
                  more.put("interval", interval(both.interval(Question.CONFIDENCE)));
                  more.put("p", both.pValue());
                  return more;
                }));
    tree.put("p_corrected", pair.corrected());
    tree.put(
        "detectable_difference",
        pair.detectable().isPresent() ? pair.detectable().getAsDouble() : null);
    tree.put("a_better", pair.better());
    tree.put("b_better", pair.worse());
    tree.put("verdict", pair.verdict());
    return tree;
  }

  private static List<Double> interval(Interval interval) {
    return List.of(interval.low(), interval.high());
  }

  private static Map<String, Object> notRun(NotRun trial) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("contender", trial.contender());
    tree.put("seed", trial.seed());
    tree.put("reason", trial.reason());
    return tree;
  }

  private static Map<String, Object> times(Comparison comparison) {
    Map<String, Object> times = new LinkedHashMap<>();
    times.put("reproducible", false);
    times.put("pareto", comparison.pareto());
    times.put(
        "contenders",
        comparison.standings().stream()
            .map(
                standing -> {
                  List<FinishedTrial> trials = standing.contender().trials();
                  Map<String, Object> tree = new LinkedHashMap<>();
                  tree.put("name", standing.name());
                  tree.put("train_seconds", standing.trainSeconds());
                  tree.put("evaluate_seconds", standing.evaluateSeconds());
                  tree.put("planned_bytes", standing.plannedBytes());
                  tree.put(
                      "train_seconds_by_seed",
                      Arrays.asList(trials.stream().map(t -> t.cost().trainSeconds()).toArray()));
                  tree.put("threads", trials.get(0).cost().threads());
                  return tree;
                })
            .toList());
    return times;
  }
}
