package dev.tamis.bench.eval;

import dev.tamis.data.HeldOut;
import dev.tamis.data.IdMap;
import dev.tamis.data.Interactions;
import dev.tamis.eval.Evaluation;
import dev.tamis.eval.Evaluator;
import dev.tamis.eval.MetricId;
import dev.tamis.eval.Metrics;
import dev.tamis.kernels.Kernels;
import dev.tamis.kernels.Workers;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.FactorModel;
import dev.tamis.model.Table;
import dev.tamis.rank.QueryBlock;
import dev.tamis.rank.Ranked;
import dev.tamis.rank.Recommender;
import dev.tamis.rank.Scorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Times ranking (top 50, training items masked) and full evaluation of random factors in the shape
 * of Gowalla: 29,858 users, 40,988 items, width 32, about 27 training and 7 test items a user.
 * First a gate: the lists of 20 users must equal a sort of all scores. Then minimum and median
 * seconds of the repetitions, the first three not counted.
 *
 * <pre>
 * mvn -q -B -DskipTests package
 * java --add-modules jdk.incubator.vector -Xmx2g -cp "bench/target/classes:bench/target/lib/*" \
 *   dev.tamis.bench.eval.FullCatalogueEvaluation [threads] [repetitions] [width]
 * </pre>
 */
public final class FullCatalogueEvaluation {
  private static final int USERS = 29_858;
  private static final int ITEMS = 40_988;
  private static final int TOP = 50;
  private static final int GATED = 20;
  private static final int WARM_UP = 3;

  private FullCatalogueEvaluation() {}

  /** Arguments: threads (2), repetitions (10), width (32). */
  public static void main(String[] arguments) {
    int threads = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2;
    int repetitions = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
    int width = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 32;
    IdMap users = ids("u", USERS);
    IdMap items = ids("i", ITEMS);
    Interactions train = interactions(users, items, 27, 1);
    Interactions test = interactions(users, items, 7, 2);
    FactorModel model =
        new FactorModel(random("users", USERS, width, 3), random("items", ITEMS, width, 4));
    QueryBlock queries = new QueryBlock(USERS);
    for (int u = 0; u < USERS; u++) {
      queries.append(u, train.itemIds(), train.rowStart()[u], train.rowStart()[u + 1]);
    }
    try (Workers workers = new Workers(threads)) {
      System.out.printf(
          "kernels %s, JDK %s, threads %d, width %d%n",
          Kernels.name(), Runtime.version().feature(), threads, width);
      Recommender recommender = new Recommender(model, workers);
      Ranked ranked = new Ranked(USERS, TOP);
      recommender.recommend(queries, ranked);
      gate(model, queries, ranked);
      time("ranking alone", repetitions, () -> recommender.recommend(queries, ranked));
      HeldOut heldOut = new HeldOut(train, test, new int[USERS], true);
      Evaluator all = new Evaluator(heldOut, train, Metrics.defaults(), workers);
      Evaluation evaluation = all.evaluate(model);
      time("evaluation, all metrics but auc at 10, 20, 50", repetitions, () -> all.evaluate(model));
      List<MetricId> withAuc = new ArrayList<>(Metrics.defaults());
      withAuc.add(MetricId.parse("auc"));
      Evaluator auc = new Evaluator(heldOut, train, withAuc, workers);
      time("evaluation with auc", Math.max(1, repetitions / 3), () -> auc.measure(model));
      System.out.printf("ndcg@50 %.6f%n", evaluation.metrics().get("ndcg@50"));
    }
  }

  private static void gate(FactorModel model, QueryBlock queries, Ranked ranked) {
    Scorer.Block block = model.newBlock(1);
    float[] scores = new float[ITEMS];
    for (int g = 0; g < GATED; g++) {
      int user = g * (USERS / GATED);
      QueryBlock one = new QueryBlock(1);
      one.append(user, queries.history, queries.historyStart[user], queries.historyStart[user + 1]);
      block.load(one);
      block.score(0, ITEMS, scores);
      for (int e = one.historyStart[0]; e < one.historyStart[1]; e++) {
        scores[one.history[e]] = Float.NEGATIVE_INFINITY;
      }
      int[] expected =
          IntStream.range(0, ITEMS)
              .boxed()
              .sorted((a, b) -> Float.compare(scores[b], scores[a]))
              .limit(TOP)
              .mapToInt(Integer::intValue)
              .toArray();
      if (!Arrays.equals(expected, ranked.itemsOf(user))) {
        throw new IllegalStateException("the list of user " + user + " is not the sorted one");
      }
    }
  }

  private static void time(String what, int repetitions, Runnable run) {
    double[] seconds = new double[repetitions];
    double[] cpu = new double[repetitions];
    for (int r = -WARM_UP; r < repetitions; r++) {
      long start = System.nanoTime();
      double cpuStart = CpuClock.seconds();
      run.run();
      if (r >= 0) {
        seconds[r] = (System.nanoTime() - start) / 1e9;
        cpu[r] = CpuClock.seconds() - cpuStart;
      }
    }
    Arrays.sort(seconds);
    Arrays.sort(cpu);
    int middle = repetitions / 2;
    System.out.printf(
        Locale.ROOT,
        "%s: elapsed min %.3f s, median %.3f s; processor min %.3f s, median %.3f s; of %d%n",
        what,
        seconds[0],
        seconds[middle],
        cpu[0],
        cpu[middle],
        repetitions);
  }

  private static IdMap ids(String prefix, int n) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      ids.add(prefix + i);
    }
    return IdMap.of(ids);
  }

  /** About {@code mean} items a user, drawn with a preference for small numbers. */
  private static Interactions interactions(IdMap users, IdMap items, int mean, long seed) {
    int[] start = new int[users.size() + 1];
    int[] all = new int[users.size() * 2 * mean];
    Rng rng = new Rng();
    for (int u = 0; u < users.size(); u++) {
      rng.key(seed, Stream.DEMO, 0, u);
      int n = 1 + rng.nextInt(2 * mean - 1);
      int[] row = new int[n];
      for (int i = 0; i < n; i++) {
        double x = rng.nextDouble();
        row[i] = (int) (x * x * items.size());
      }
      row = Arrays.stream(row).sorted().distinct().toArray();
      System.arraycopy(row, 0, all, start[u], row.length);
      start[u + 1] = start[u] + row.length;
    }
    return new Interactions(
        users, items, start, Arrays.copyOf(all, start[users.size()]), null, null);
  }

  private static Table random(String name, int rows, int width, long seed) {
    Table table = new Table(name, rows, width);
    Rng rng = Rng.keyed(seed, Stream.INITIAL, 0, 0);
    for (int i = 0; i < table.values().length; i++) {
      table.values()[i] = (float) rng.nextGaussian();
    }
    return table;
  }
}
