package dev.tamis.bench.train;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.data.generate.DataGenerator;
import dev.tamis.data.generate.GeneratorOptions;
import dev.tamis.kernels.Kernels;
import dev.tamis.method.Method;
import dev.tamis.method.Methods;
import dev.tamis.method.PairMethod;
import dev.tamis.model.Table;
import dev.tamis.train.Run;
import dev.tamis.train.TrainingListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Times the epochs of methods on generated data in the shape of Gowalla: 29,858 users, 40,988
 * items, about 27 items a user; what comes before the first step of an epoch, where samplers take
 * up the model, apart from the steps (the layout of AdaSIR's table 3). First a gate: on a small
 * set, one thread and several must give the same bits. The first two epochs, in which code is
 * compiled, are left out. Of the options given, a method takes those that are its own; {@code
 * pairs} stands for all methods that train by pairs.
 *
 * <pre>
 * mvn -q -B -DskipTests package
 * java --add-modules jdk.incubator.vector -XX:+UseParallelGC -XX:+UseTransparentHugePages -Xmx6g \
 *   -cp "bench/target/classes:bench/target/lib/*" \
 *   dev.tamis.bench.train.TrainingEpochs bpr,pris 2 epochs=10 batch-size=4096 optimizer=adam-sparse
 * </pre>
 */
public final class TrainingEpochs {
  private static final int WARM_UP = 2;

  private TrainingEpochs() {}

  /** Arguments: methods, threads, then option=value; {@code users=N} and {@code items=N}, too. */
  public static void main(String[] arguments) {
    int threads = Integer.parseInt(arguments[1]);
    Map<String, String> given = new TreeMap<>();
    for (String argument : Arrays.asList(arguments).subList(2, arguments.length)) {
      String[] pair = argument.split("=", 2);
      given.put(pair[0], pair[1]);
    }
    System.out.printf(
        "kernels %s, JDK %s, %d threads%n", Kernels.name(), Runtime.version().feature(), threads);
    int users = Integer.parseInt(Objects.requireNonNullElse(given.remove("users"), "29858"));
    int items = Integer.parseInt(Objects.requireNonNullElse(given.remove("items"), "40988"));
    Interactions data = generate(users, items);
    System.out.printf("%,d pairs; seconds min and median%n", data.size());
    System.out.printf(
        "%-20s %8s %8s %8s %8s %8s %8s%n", "method", "prepare", "", "steps", "", "epoch", "");
    for (Method<?> method : methods(arguments[0])) {
      run(method, own(method, given), data, threads);
    }
  }

  private static List<Method<?>> methods(String names) {
    return names.equals("pairs")
        ? Methods.all().stream().filter(PairMethod.class::isInstance).toList()
        : Arrays.stream(names.split(",")).<Method<?>>map(Methods::named).toList();
  }

  private static Settings own(Method<?> method, Map<String, String> given) {
    Map<String, String> own = new TreeMap<>(given);
    own.keySet().retainAll(method.options().stream().map(Option::name).toList());
    return Settings.parse("method '" + method.name() + "'", method.options(), own);
  }

  private static <O extends Record> void run(
      Method<O> method, Settings given, Interactions data, int threads) {
    O options = method.read(given);
    gate(method, options, threads);
    EpochClock clock = new EpochClock();
    method.fit(data, options, Run.seeded(1).withThreads(threads).withListener(clock));
    clock.print(method.name());
  }

  private static <O extends Record> void gate(Method<O> method, O options, int threads) {
    Interactions small = generate(300, 200);
    float[][] one = values(method.fit(small, options, Run.seeded(1).withThreads(1)));
    float[][] several =
        values(method.fit(small, options, Run.seeded(1).withThreads(Math.max(2, threads))));
    if (!Arrays.deepEquals(one, several)) {
      throw new IllegalStateException("one thread and several do not give the same bits");
    }
  }

  private static float[][] values(TrainedModel trained) {
    return trained.model().tables().stream().map(Table::values).toArray(float[][]::new);
  }

  private static Interactions generate(int users, int items) {
    GeneratorOptions options = GeneratorOptions.defaults().withUsers(users).withItems(items);
    return DataGenerator.generate(options.withMeanHistory(27).withSeed(1)).interactions();
  }

  /** Notes how long each epoch took. */
  private static final class EpochClock implements TrainingListener {
    private long start;
    private long prepared;
    private final List<Double> preparing = new ArrayList<>(); // seconds
    private final List<Double> stepping = new ArrayList<>(); // seconds

    @Override
    public void started(String method, int firstEpoch, int epochs, long stepsPerEpoch) {
      start = System.nanoTime();
    }

    @Override
    public void epochPrepared(int epoch) {
      prepared = System.nanoTime();
    }

    @Override
    public void epochDone(int epoch, double loss, SortedMap<String, Double> validation) {
      long now = System.nanoTime();
      preparing.add((prepared - start) / 1e9);
      stepping.add((now - prepared) / 1e9);
      start = now;
    }

    void print(String method) {
      int from = Math.min(WARM_UP, stepping.size() - 1);
      double[][] times = new double[3][stepping.size() - from];
      for (int e = from; e < stepping.size(); e++) {
        times[0][e - from] = preparing.get(e);
        times[1][e - from] = stepping.get(e);
        times[2][e - from] = preparing.get(e) + stepping.get(e);
      }
      StringBuilder line = new StringBuilder(String.format("%-20s", method));
      for (double[] part : times) {
        Arrays.sort(part);
        line.append(String.format(Locale.ROOT, " %8.3f %8.3f", part[0], part[part.length / 2]));
      }
      System.out.println(line);
    }
  }
}
