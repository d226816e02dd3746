package dev.tamis.cli;

import dev.tamis.config.TamisException;
import dev.tamis.data.HeldOut;
import dev.tamis.data.IdMap;
import dev.tamis.data.Interactions;
import dev.tamis.eval.Evaluation;
import dev.tamis.eval.Evaluator;
import dev.tamis.eval.MetricId;
import dev.tamis.eval.Metrics;
import dev.tamis.eval.PerUserValues;
import dev.tamis.kernels.Workers;
import dev.tamis.rank.Scorer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measuring from the command line: which metrics, and running the evaluator. */
final class Measuring {
  private Measuring() {}

  /**
   * The metrics asked for.
   *
   * @param at cut-offs, "10,20,50"
   * @param names metrics with a cut-off of their own ("ndcg@5"), or without: then at each of the
   *     cut-offs; empty for all
   */
  static List<MetricId> metrics(String at, List<String> names) {
    int[] cutOffs = cutOffs(at);
    if (names.isEmpty()) {
      return Metrics.at(cutOffs);
    }
    List<MetricId> ids = new ArrayList<>();
    for (String name : names) {
      if (Metrics.names().contains(name) && Metrics.hasCutOff(name)) {
        for (int k : cutOffs) {
          ids.add(new MetricId(name, k));
        }
      } else {
        ids.add(MetricId.parse(name));
      }
    }
    return ids;
  }

  static int[] cutOffs(String at) {
    String[] texts = at.split(",", -1);
    int[] cutOffs = new int[texts.length];
    for (int i = 0; i < texts.length; i++) {
      if (!texts[i].strip().matches("[0-9]{1,9}")) {
        throw TamisException.usage("--at needs cut-offs such as 10,20,50, but is '" + at + "'");
      }
      cutOffs[i] = Integer.parseInt(texts[i].strip());
      Limits.within("a cut-off of --at", cutOffs[i], 1, Limits.MOST_ITEMS);
    }
    return cutOffs;
  }

  /** Full catalogue, or some items of it, without what users have already. */
  static Evaluation evaluate(
      Scorer scorer,
      HeldOut heldOut,
      Interactions train,
      AmongOption.Items among,
      List<MetricId> metrics,
      int threads) {
    try (Workers workers = new Workers(threads)) {
      return evaluator(heldOut, train, among, metrics, workers).evaluate(scorer);
    }
  }

  /** What measures so; the workers stay the caller's. */
  static Evaluator evaluator(
      HeldOut heldOut,
      Interactions train,
      AmongOption.Items among,
      List<MetricId> metrics,
      Workers workers) {
    return among == AmongOption.Items.ALL
        ? new Evaluator(heldOut, train, metrics, workers)
        : Evaluator.among(untrained(train), heldOut, train, metrics, workers);
  }

  /** [items] whether nobody has an item. */
  private static boolean[] untrained(Interactions train) {
    int[] counts = train.itemCounts();
    boolean[] untrained = new boolean[counts.length];
    for (int i = 0; i < counts.length; i++) {
      untrained[i] = counts[i] == 0;
    }
    return untrained;
  }

  /** Writes the values of every user: a header, then a line a user. */
  static void writePerUser(PerUserValues values, IdMap users, Path file) {
    Outputs.write(file, "--per-user " + file, out -> values.writeTo(out, users));
  }
}
