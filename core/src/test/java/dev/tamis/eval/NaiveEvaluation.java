package dev.tamis.eval;

import dev.tamis.data.HeldOut;
import dev.tamis.data.Interactions;
import dev.tamis.rank.GivenScores;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The definitions of the metrics, written down once more as slowly as they read. */
final class NaiveEvaluation {
  private final GivenScores scorer;
  private final HeldOut heldOut;
  private final Interactions train;
  private final int[] itemCounts; // [items]
  private final List<Integer> users = new ArrayList<>();

  NaiveEvaluation(GivenScores scorer, HeldOut heldOut, Interactions train) {
    this.scorer = scorer;
    this.heldOut = heldOut;
    this.train = train;
    this.itemCounts = train.itemCounts();
    for (int u = 0; u < heldOut.input().userCount(); u++) {
      if (heldOut.target().degree(u) + heldOut.unreachable()[u] > 0) {
        users.add(u);
      }
    }
  }

  int users() {
    return users.size();
  }

  double value(String name, int k) {
    if (name.equals("coverage") || name.equals("gini")) {
      return overItems(name, k);
    }
    double sum = 0;
    for (int user : users) {
      sum += of(user, name, k);
    }
    return sum / users.size();
  }

  double of(int user, String name, int k) {
    List<Integer> all = ranking(user);
    List<Integer> top = all.subList(0, Math.min(k, all.size()));
    Set<Integer> targets = row(heldOut.target(), user);
    int relevant = targets.size() + heldOut.unreachable()[user];
    long hits = top.stream().filter(targets::contains).count();
    int possible = Math.min(k, relevant);
    switch (name) {
      case "recall":
        return hits / (double) relevant;
      case "recall_capped":
        return hits / (double) possible;
      case "precision":
        return hits / (double) k;
      case "hit_rate":
        return hits > 0 ? 1 : 0;
      case "mrr":
        for (int r = 1; r <= top.size(); r++) {
          if (targets.contains(top.get(r - 1))) {
            return 1.0 / r;
          }
        }
        return 0;
      case "map":
        double precisions = 0;
        for (int r = 1; r <= top.size(); r++) {
          if (targets.contains(top.get(r - 1))) {
            precisions += top.subList(0, r).stream().filter(targets::contains).count() / (double) r;
          }
        }
        return precisions / possible;
      case "ndcg":
        double gain = 0;
        double ideal = 0;
        for (int r = 1; r <= k; r++) {
          double discount = Math.log(2) / Math.log(r + 1);
          gain += r <= top.size() && targets.contains(top.get(r - 1)) ? discount : 0;
          ideal += r <= possible ? discount : 0;
        }
        return gain / ideal;
      case "novelty":
        double information = 0;
        for (int item : top) {
          int count = Math.max(1, itemCounts[item]);
          information -= Math.log(count / (double) train.userCount()) / Math.log(2);
        }
        return top.isEmpty() ? 0 : information / top.size();
      case "auc_limited":
        double pairs = 0;
        int above = 0;
        int misses = 0;
        for (int r = 1; r <= k; r++) {
          if (r <= top.size() && targets.contains(top.get(r - 1))) {
            above++;
          } else {
            pairs += above;
            misses++;
          }
        }
        int others = scorer.itemCount() - targets.size();
        pairs += (above + relevant) / 2.0 * (others - misses);
        return pairs / relevant / others;
      case "auc":
        return auc(user, all, targets, relevant);
      default:
        throw new IllegalArgumentException(name);
    }
  }

  private double auc(int user, List<Integer> all, Set<Integer> targets, int relevant) {
    double wins = 0;
    int others = 0;
    for (int other : all) {
      if (!targets.contains(other)) {
        others++;
        for (int target : all) {
          if (targets.contains(target)) {
            float difference = scorer.score(user, target) - scorer.score(user, other);
            boolean tied = scorer.score(user, target) == scorer.score(user, other);
            wins += tied ? 0.5 : difference > 0 ? 1 : 0;
          }
        }
      }
    }
    return wins / others / relevant;
  }

  private double overItems(String name, int k) {
    int[] counts = new int[train.itemCount()];
    for (int user : users) {
      ranking(user).stream().limit(k).forEach(item -> counts[item]++);
    }
    double differences = 0;
    double total = 0;
    int covered = 0;
    for (int a : counts) {
      total += a;
      covered += a > 0 ? 1 : 0;
      for (int b : counts) {
        differences += Math.abs(a - b);
      }
    }
    return name.equals("coverage")
        ? covered / (double) counts.length
        : differences / (2 * counts.length * total); // half the relative mean difference
  }

  private List<Integer> ranking(int user) {
    Set<Integer> seen = row(heldOut.input(), user);
    List<Integer> items = new ArrayList<>();
    for (int i = 0; i < scorer.itemCount(); i++) {
      if (!seen.contains(i)) {
        items.add(i);
      }
    }
    items.sort((a, b) -> Float.compare(scorer.score(user, b) + 0f, scorer.score(user, a) + 0f));
    return items;
  }

  private static Set<Integer> row(Interactions interactions, int user) {
    Set<Integer> items = new HashSet<>();
    for (int e = interactions.rowStart()[user]; e < interactions.rowStart()[user + 1]; e++) {
      items.add(interactions.itemIds()[e]);
    }
    return items;
  }
}
