package dev.tamis.bench.train;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.data.generate.DataGenerator;
import dev.tamis.data.generate.GeneratorOptions;
import dev.tamis.kernels.Kernels;
import dev.tamis.method.Method;
import dev.tamis.method.Methods;
import dev.tamis.model.Table;
import dev.tamis.train.Run;
import dev.tamis.train.TrainingListener;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Times the epochs of a method on generated data in the shape of Gowalla: 29,858 users, 40,988
 * items, about 27 items a user. First a gate: on a small set, one thread and several must give the
 * same bits. The first epoch, in which code is compiled, is told apart.
 *
 * <pre>
 * mvn -q -B -DskipTests package
 * java --add-modules jdk.incubator.vector -XX:+UseParallelGC -XX:+UseTransparentHugePages -Xmx6g \
 *   -cp "bench/target/classes:core/target/classes:kernels/target/classes" \
 *   dev.tamis.bench.train.TrainingEpochs bpr 2 epochs=10 batch-size=4096 optimizer=adam-sparse
 * </pre>
 */
public final class TrainingEpochs {
  private TrainingEpochs() {}

  /** Arguments: method, threads, then option=value. */
  public static void main(String[] arguments) {
    Method<?> method = Methods.named(arguments[0]);
    int threads = Integer.parseInt(arguments[1]);
    Map<String, String> given = new TreeMap<>();
    for (String argument : Arrays.asList(arguments).subList(2, arguments.length)) {
      String[] pair = argument.split("=", 2);
      given.put(pair[0], pair[1]);
    }
    run(method, Settings.parse("method '" + method.name() + "'", method.options(), given), threads);
  }

  private static <O extends Record> void run(Method<O> method, Settings given, int threads) {
    O options = method.read(given);
    System.out.println(method.name() + " " + options);
    System.out.printf(
        "kernels %s, JDK %s, %d threads%n", Kernels.name(), Runtime.version().feature(), threads);
    gate(method, options, threads);
    EpochClock clock = new EpochClock();
    Interactions data = generate(29_858, 40_988);
    System.out.printf("%,d pairs%n", data.size());
    method.fit(data, options, Run.seeded(1).withThreads(threads).withListener(clock));
    clock.print();
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
    private double[] seconds = new double[0];

    @Override
    public void started(String method, int firstEpoch, int epochs, long stepsPerEpoch) {
      start = System.nanoTime();
    }

    @Override
    public void epochDone(int epoch, double loss, SortedMap<String, Double> validation) {
      long now = System.nanoTime();
      seconds = Arrays.copyOf(seconds, seconds.length + 1);
      seconds[seconds.length - 1] = (now - start) / 1e9;
      start = now;
    }

    void print() {
      double[] later = Arrays.copyOfRange(seconds, Math.min(1, seconds.length - 1), seconds.length);
      Arrays.sort(later);
      System.out.printf(
          Locale.ROOT,
          "first epoch %.3f s; of %d later ones min %.3f s, median %.3f s, max %.3f s%n",
          seconds[0],
          later.length,
          later[0],
          later[later.length / 2],
          later[later.length - 1]);
    }
  }
}
