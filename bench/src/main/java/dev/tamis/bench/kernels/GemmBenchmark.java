package dev.tamis.bench.kernels;

import dev.tamis.kernels.Gemm;
import dev.tamis.kernels.Workers;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Matrix products in the shapes that training and evaluation use. The counter {@code gigaFlops} is
 * the speed in GFLOP/s.
 *
 * <pre>
 * mvn -q -B package -pl bench -am -DskipTests
 * java --add-modules jdk.incubator.vector -cp "bench/target/classes:bench/target/lib/*" \
 *     org.openjdk.jmh.Main GemmBenchmark
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--add-modules=jdk.incubator.vector",
      "-XX:+UseParallelGC",
      "-XX:+UseTransparentHugePages",
      "-Xmx2g"
    })
public class GemmBenchmark {
  /** The form, then m x n x k. */
  @Param({
    "nn 500x20000x600",
    "nt 500x40988x600",
    "nn 500x600x40988",
    "tn 40988x600x500",
    "nt 64x1024x32",
    "nt 512x1024x32",
    "nt 512x1024x128",
    "nn 500x400x600"
  })
  public String product;

  @Param({"1", "2"})
  public int threads;

  private String form;
  private int m;
  private int n;
  private int k;
  private float[] a;
  private float[] b;
  private float[] c; // [m x n]
  private Workers workers;
  private Gemm gemm;

  /** Counts floating-point operations: JMH divides by the time. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Operations {
    public double gigaFlops;

    @Setup(Level.Iteration)
    public void clear() {
      gigaFlops = 0;
    }
  }

  @Setup
  public void prepare() {
    form = product.substring(0, 2);
    String[] sizes = product.substring(3).split("x");
    m = Integer.parseInt(sizes[0]);
    n = Integer.parseInt(sizes[1]);
    k = Integer.parseInt(sizes[2]);
    SplittableRandom random = new SplittableRandom(1);
    a = random(m * k, random);
    b = random(n * k, random);
    c = new float[m * n];
    workers = new Workers(threads);
    gemm = threads == 1 ? new Gemm() : new Gemm(workers);
    multiply(new Operations());
    for (int check = 0; check < 2000; check++) {
      assertChain(random.nextInt(m), random.nextInt(n));
    }
    assertChain(m - 1, n - 1);
  }

  private static float[] random(int length, SplittableRandom random) {
    float[] x = new float[length];
    for (int i = 0; i < length; i++) {
      x[i] = (float) random.nextDouble(-1, 1);
    }
    return x;
  }

  /** The gate: one element of C is one chain of fused multiply-adds, to the bit. */
  private void assertChain(int i, int j) {
    float sum = 0;
    for (int l = 0; l < k; l++) {
      float x = a[form.equals("tn") ? l * m + i : i * k + l];
      float y = b[form.equals("nt") ? j * k + l : l * n + j];
      sum = Math.fma(x, y, sum);
    }
    if (Float.floatToIntBits(sum) != Float.floatToIntBits(c[i * n + j])) {
      throw new IllegalStateException(
          product + ": element " + i + ", " + j + " is " + c[i * n + j] + ", not " + sum);
    }
  }

  @TearDown
  public void close() {
    workers.close();
  }

  @Benchmark
  public float[] multiply(Operations operations) {
    switch (form) {
      case "nn" -> gemm.nn(m, n, k, a, 0, k, b, 0, n, c, 0, n, false);
      case "nt" -> gemm.nt(m, n, k, a, 0, k, b, 0, k, c, 0, n, false);
      case "tn" -> gemm.tn(m, n, k, a, 0, m, b, 0, n, c, 0, n, false);
      default -> throw new IllegalStateException("unknown form " + form);
    }
    operations.gigaFlops += 2e-9 * m * n * k;
    return c;
  }
}
