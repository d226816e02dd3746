package dev.tamis.eval;

import dev.tamis.config.Spelling;
import dev.tamis.config.Suggestion;
import dev.tamis.config.TamisException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What another library means by its metrics: the same names stand for different numbers. Each name
 * of theirs is one metric of {@link Metrics}, or the pooled precision. Read from their code, see
 * docs/metrics.md.
 *
 * <p>Ties are ranked as everywhere here: the others leave them to a sort, or rank them by id.
 */
public enum Convention {
  /** RecBole 1.x, its {@code evaluator/metrics.py}. */
  RECBOLE(
      "recall@%d=recall",
      "mrr@%d=mrr", "ndcg@%d=ndcg", "hit@%d=hit_rate", "precision@%d=precision", "map@%d=map"),
  /** LensKit 2025, its {@code metrics/ranking}. */
  LENSKIT(
      "Precision@%d=precision_returned",
      "Recall@%d=recall_capped",
      "NDCG@%d=ndcg_clipped",
      "AveragePrecision@%d=map_returned",
      "RecipRank@%d=mrr",
      "Hit@%d=hit_rate"),
  /** recpack, its {@code metrics}. */
  RECPACK(
      "PrecisionK_%d=precision",
      "RecallK_%d=recall",
      "CalibratedRecallK_%d=recall_capped",
      "NDCGK_%d=ndcg",
      "HitK_%d=hit_rate",
      "ReciprocalRankK_%d=mrr"),
  /** implicit 0.7, its {@code ranking_metrics_at_k}. */
  IMPLICIT("precision@%d=" + Convention.POOLED, "map@%d=map", "ndcg@%d=ndcg", "auc@%d=auc_limited"),
  /** trec_eval, whose older versions have another discount in {@code ndcg_cut}. */
  TREC(
      "P_%d=precision",
      "recall_%d=recall", "map_cut_%d=map_relevant", "ndcg_cut_%d=ndcg", "success_%d=hit_rate");

  private static final String POOLED = "precision_pooled";

  private final List<String[]> names; // theirs, ours

  Convention(String... names) {
    this.names = Arrays.stream(names).map(name -> name.split("=")).toList();
  }

  /** As it is written: the name in small letters. */
  public String word() {
    return Spelling.of(this);
  }

  /**
   * The convention of a word.
   *
   * @throws TamisException of kind USAGE if there is none
   */
  public static Convention parse(String text) {
    List<String> words = Arrays.stream(values()).map(Convention::word).toList();
    if (!words.contains(text)) {
      throw TamisException.usage(
          "there is no convention '%s'%s; there are %s"
              .formatted(text, Suggestion.clause(text, words), String.join(", ", words)));
    }
    return values()[words.indexOf(text)];
  }

  /** What must be measured for it. */
  public List<MetricId> metrics(int... cutOffs) {
    List<MetricId> metrics = new ArrayList<>();
    for (int k : cutOffs) {
      for (String[] name : names) {
        MetricId metric = new MetricId(name[1].equals(POOLED) ? "precision" : name[1], k);
        if (!metrics.contains(metric)) {
          metrics.add(metric);
        }
      }
    }
    return metrics;
  }

  /**
   * The values by their names, in their order.
   *
   * @param evaluation of {@link #metrics} with the same cut-offs
   * @param heldOut what it was measured on
   */
  public Map<String, Double> values(Evaluation evaluation, HeldOutSizes heldOut, int... cutOffs) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (int k : cutOffs) {
      for (String[] name : names) {
        values.put(
            name[0].formatted(k),
            name[1].equals(POOLED)
                ? pooled(evaluation.perUser(), heldOut, k)
                : evaluation.metrics().get(new MetricId(name[1], k).toString()));
      }
    }
    return values;
  }

  /** How many items are relevant to a user of the held-out data. */
  @FunctionalInterface
  public interface HeldOutSizes {
    int relevant(int user);
  }

  /** All hits of all users over all that there could have been, min(k, relevant) of each. */
  private static double pooled(PerUserValues perUser, HeldOutSizes heldOut, int k) {
    double[] precision = perUser.of(new MetricId("precision", k).toString());
    double hits = 0;
    double most = 0;
    for (int u = 0; u < precision.length; u++) {
      hits += StrictMath.rint(precision[u] * k);
      most += Math.min(k, heldOut.relevant(perUser.users()[u]));
    }
    return hits / most;
  }
}
