package dev.tamis.bench.kernels;

import dev.tamis.kernels.AdamStep;
import dev.tamis.kernels.Kernels;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Vector kernels on data in the first-level cache: nanoseconds a row for {@code dotRows} and {@code
 * axpyRows}, nanoseconds an element for the others. {@code -prof gc} must show no allocation: where
 * the compiler puts vectors on the heap, it does.
 *
 * <pre>
 * mvn -q -B package -pl bench -am -DskipTests
 * java --add-modules jdk.incubator.vector -cp "bench/target/classes:bench/target/lib/*" \
 *     org.openjdk.jmh.Main KernelBenchmark -prof gc
 * </pre>
 *
 * With {@code -jvmArgsAppend -Dtamis.kernels=scalar} it measures the scalar kernels.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-XX:+UseParallelGC"})
public class KernelBenchmark {
  private static final int ROWS = 64;
  private static final int SIZE = 1024;

  @Param({"32", "64", "128", "200"})
  public int width;

  private final float[] table = new float[ROWS * 200];
  private final int[] rows = new int[ROWS];
  private final float[] query = new float[200];
  private final float[] factors = new float[ROWS];
  private final float[] scores = new float[ROWS];
  private final float[] x = new float[SIZE];
  private final float[] y = new float[SIZE];
  private final float[] m = new float[SIZE];
  private final float[] v = new float[SIZE];
  private final int[] positions = new int[SIZE];
  private final long[] bits = new long[SIZE];
  private final AdamStep step = new AdamStep(0.9, 0.999, 1e-3f, 1.1f, 1e-8f, 0);

  @Setup
  public void prepare() {
    SplittableRandom random = new SplittableRandom(1);
    for (float[] array : new float[][] {table, query, x}) {
      for (int i = 0; i < array.length; i++) {
        array[i] = (float) random.nextDouble(-2, 2);
      }
    }
    for (int i = 0; i < ROWS; i++) {
      rows[i] = random.nextInt(ROWS);
      factors[i] = (float) random.nextDouble(-1e-6, 1e-6);
    }
    checkDotRows();
    checkExp();
  }

  /** A gate: the inner products are those of double precision, but for rounding. */
  private void checkDotRows() {
    dotRows();
    for (int j = 0; j < ROWS; j++) {
      double sum = 0;
      double size = 0;
      for (int i = 0; i < width; i++) {
        double product = (double) query[i] * table[rows[j] * width + i];
        sum += product;
        size += Math.abs(product);
      }
      if (!(Math.abs(scores[j] - sum) <= 1e-6 * size)) {
        throw new IllegalStateException("row " + j + ": " + scores[j] + " instead of " + sum);
      }
    }
  }

  /** A gate: exp is within its stated error, and softmax sums to one. */
  private void checkExp() {
    exp();
    for (int i = 0; i < SIZE; i++) {
      double exact = Math.exp(x[i]);
      if (!(Math.abs(y[i] - exact) <= 1.02 * Math.ulp((float) exact))) {
        throw new IllegalStateException("exp(" + x[i] + ") is " + y[i] + ", not " + exact);
      }
    }
    softmax();
    double sum = 0;
    for (int i = 0; i < SIZE; i++) {
      sum += y[i];
    }
    if (!(Math.abs(sum - 1) < 1e-5)) {
      throw new IllegalStateException("softmax sums to " + sum);
    }
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public float[] dotRows() {
    Kernels.dotRows(query, 0, table, width, rows, 0, ROWS, scores, 0);
    return scores;
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public float[] axpyRows() {
    Kernels.axpyRows(factors, 0, table, width, rows, 0, ROWS, y, 0);
    return y;
  }

  @Benchmark
  @OperationsPerInvocation(SIZE)
  public float[] exp() {
    Kernels.exp(x, 0, y, 0, SIZE);
    return y;
  }

  @Benchmark
  @OperationsPerInvocation(SIZE)
  public float[] log() {
    Kernels.log(x, 0, y, 0, SIZE);
    return y;
  }

  @Benchmark
  @OperationsPerInvocation(SIZE)
  public float[] sigmoid() {
    Kernels.sigmoid(x, 0, y, 0, SIZE);
    return y;
  }

  @Benchmark
  @OperationsPerInvocation(SIZE)
  public float[] softplus() {
    Kernels.softplus(x, 0, y, 0, SIZE);
    return y;
  }

  @Benchmark
  @OperationsPerInvocation(SIZE)
  public float logSumExp() {
    return Kernels.logSumExp(x, 0, SIZE);
  }

  @Benchmark
  @OperationsPerInvocation(SIZE)
  public float softmax() {
    System.arraycopy(x, 0, y, 0, SIZE);
    return Kernels.softmax(y, 0, SIZE);
  }

  @Benchmark
  @OperationsPerInvocation(SIZE)
  public float[] adam() {
    Kernels.adam(y, 0, m, 0, v, 0, x, 0, SIZE, step);
    return y;
  }

  @Benchmark
  @OperationsPerInvocation(SIZE)
  public int selectAbove() {
    return Kernels.selectAbove(x, 0, SIZE, 1.999f, positions, 0);
  }

  @Benchmark
  @OperationsPerInvocation(SIZE)
  public long[] counterBits() {
    Kernels.counterBits(1, 2, bits[0], bits, SIZE);
    return bits;
  }

  /**
   * With means of at most 2 and bits of its own each time: half of {@link #counterBits} is in it.
   */
  @Benchmark
  @OperationsPerInvocation(SIZE)
  public float[] poisson() {
    Kernels.counterBits(1, 2, bits[0], bits, SIZE / 2);
    System.arraycopy(x, 0, y, 0, SIZE);
    Kernels.poisson(y, 0, SIZE, bits, 0);
    return y;
  }
}
