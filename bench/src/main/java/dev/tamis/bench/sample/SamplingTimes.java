package dev.tamis.bench.sample;

import dev.tamis.data.IdMap;
import dev.tamis.data.Interactions;
import dev.tamis.eval.samplers.SamplerClock;
import dev.tamis.eval.samplers.SamplerTimes;
import dev.tamis.kernels.Kernels;
import dev.tamis.kernels.Workers;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.method.sampler.Sampler;
import dev.tamis.method.sampler.Samplers;
import dev.tamis.model.Initial;
import dev.tamis.model.ItemTable;
import dev.tamis.model.PairModel;
import dev.tamis.model.Table;
import dev.tamis.model.score.DotScore;
import dev.tamis.model.tower.UserRows;
import dev.tamis.sample.Proposal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Times the draws and the refresh of every sampler for catalogues of several sizes, with random
 * vectors and 2,000 users. A gate before each: the probabilities of a user's items must sum to one,
 * and those of its positives to zero unless the sampler draws them.
 *
 * <pre>
 * mvn -q -B -DskipTests package
 * java --add-modules jdk.incubator.vector -XX:+UseParallelGC -Xmx12g \
 *   -cp "bench/target/classes:bench/target/lib/*" \
 *   dev.tamis.bench.sample.SamplingTimes 2 uniform,cluster-popularity 10000,100000,1000000
 * </pre>
 *
 * <p>Further arguments set the width (32), how many items are drawn for a row at a time (5,50,500)
 * and options of samplers. The time of a row with one draw is that of its preparation, so FastVAE's
 * figure 3, at its width and for its numbers of draws, is
 *
 * <pre>
 *   SamplingTimes 2 uniform,midx-uniform,midx-residual 40988 width=200 \
 *     draws=1,200,500,1000,2000,5000 codewords=64
 * </pre>
 */
public final class SamplingTimes {
  private static final int USERS = 2_000;
  private static final int HISTORY = 27;

  private final int threads;
  private final int width;
  private final List<Integer> sizes;
  private final Map<String, String> options; // of samplers

  private SamplingTimes(int threads, Map<String, String> settings) {
    this.threads = threads;
    this.options = new TreeMap<>(settings);
    this.width = Integer.parseInt(Objects.requireNonNullElse(options.remove("width"), "32"));
    this.sizes =
        Arrays.stream(Objects.requireNonNullElse(options.remove("draws"), "5,50,500").split(","))
            .map(Integer::valueOf)
            .toList();
  }

  /**
   * Arguments: threads, then samplers or {@code all}, then numbers of items, then {@code
   * name=value}.
   */
  public static void main(String[] arguments) {
    Map<String, String> settings = new TreeMap<>();
    for (int i = 3; i < arguments.length; i++) {
      int equals = arguments[i].indexOf('=');
      settings.put(arguments[i].substring(0, equals), arguments[i].substring(equals + 1));
    }
    SamplingTimes bench = new SamplingTimes(Integer.parseInt(arguments[0]), settings);
    List<Sampler> samplers =
        arguments[1].equals("all")
            ? Samplers.measured()
            : Arrays.stream(arguments[1].split(",")).map(Samplers::measured).toList();
    System.out.printf(
        "kernels %s, JDK %s, %d threads, width %d %s; medians of a draw%n",
        Kernels.name(), Runtime.version().feature(), bench.threads, bench.width, bench.options);
    System.out.printf("%-24s %9s %12s", "sampler", "items", "refresh ms");
    bench.sizes.forEach(size -> System.out.printf(" %9s", size + " ns"));
    System.out.println();
    for (String items : arguments[2].split(",")) {
      for (Sampler sampler : samplers) {
        bench.time(sampler, Integer.parseInt(items));
      }
    }
  }

  private void time(Sampler sampler, int items) {
    Interactions train = longTailed(items);
    Table users = Initial.normal(new Table("users", train.userCount(), width), 1, 0.3);
    Table vectors = Initial.normal(new Table("items", train.itemCount(), width), 1, 0.3);
    PairModel model =
        new PairModel(new UserRows(users), new DotScore(new ItemTable(vectors, Optional.empty())));
    int[] asked = new int[train.userCount()];
    Arrays.setAll(asked, u -> u);
    try (Workers workers = new Workers(threads)) {
      Proposal proposal = sampler.proposal(train, width, sampler.read(options));
      proposal.refresh(model, 1, 0, workers);
      proposal.refresh(model, 1, 1, workers);
      gate(sampler, proposal, train, Arrays.copyOf(users.values(), width));
      SamplerTimes times = new SamplerClock(model, 1, asked, workers).measure(proposal, sizes);
      System.out.printf(
          Locale.ROOT,
          "%-24s %9d %12.2f",
          sampler.name(),
          train.itemCount(),
          times.refreshMilliseconds());
      times
          .drawNanoseconds()
          .values()
          .forEach(nanos -> System.out.printf(Locale.ROOT, " %9.1f", nanos));
      System.out.println();
    }
  }

  /** Every user has items whose numbers are spread like powers, so that low ones come often. */
  private static Interactions longTailed(int items) {
    int[] start = new int[USERS + 1];
    int[] ids = new int[USERS * HISTORY];
    Rng rng = new Rng();
    for (int u = 0; u < USERS; u++) {
      rng.key(1, Stream.DEMO, 0, u);
      TreeSet<Integer> own = new TreeSet<>();
      while (own.size() < HISTORY) {
        own.add((int) (Math.pow(items, rng.nextDouble()) - 1));
      }
      int n = start[u];
      for (int item : own) {
        ids[n++] = item;
      }
      start[u + 1] = n;
    }
    return new Interactions(names(USERS), names(items), start, ids, null, null);
  }

  private static IdMap names(int count) {
    return IdMap.of(IntStream.range(0, count).mapToObj(i -> "%08d".formatted(i)).toList());
  }

  private static void gate(Sampler sampler, Proposal proposal, Interactions train, float[] query) {
    double[] p = proposal.probabilities(0, query);
    double all = 0;
    double positives = 0;
    for (int i = 0; i < p.length; i++) {
      all += p[i];
      positives += train.contains(0, i) ? p[i] : 0;
    }
    if (Math.abs(all - 1) > 1e-9 || (!proposal.drawsPositives() && positives > 0)) {
      throw new IllegalStateException(
          sampler.name() + ": probabilities sum to " + all + ", of positives to " + positives);
    }
  }
}
