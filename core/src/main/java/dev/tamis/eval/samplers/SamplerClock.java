package dev.tamis.eval.samplers;

import dev.tamis.kernels.Workers;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.PairModel;
import dev.tamis.model.Pass;
import dev.tamis.sample.Proposal;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Measures how long proposals take. Draws are made by one thread, for the same users in turn, after
 * a warm-up, which lasts until the JVM's compiler has rested for a while; a refresh has all
 * threads.
 */
public final class SamplerClock {
  private static final int REPETITIONS = 15;
  private static final int FEWEST_REPETITIONS = 3; // where they take long
  private static final int REFRESHES = 3;
  private static final double LONG_MILLIS = 2000;
  private static final long FIRST_REST_NANOS = 300_000_000L; // of the compiler, before any size
  private static final long REST_NANOS = 150_000_000L; // before each other size
  private static final long MOST_WARM_NANOS = 5_000_000_000L;
  private static final long REPETITION_NANOS = 5_000_000L;
  private static final int MOST_CELLS = 1 << 15;

  private final PairModel model;
  private final long seed;
  private final int[] users;
  private final Workers workers;

  /**
   * @param users whose draws are timed
   * @param workers refresh
   */
  public SamplerClock(PairModel model, long seed, int[] users, Workers workers) {
    this.model = model;
    this.seed = seed;
    this.users = users;
    this.workers = workers;
  }

  /**
   * Times a proposal that has taken up the model for epochs 0 and 1.
   *
   * @param sizes how many items are drawn for a row at a time
   */
  public SamplerTimes measure(Proposal proposal, Iterable<Integer> sizes) {
    SortedMap<Integer, Double> draws = new TreeMap<>();
    long rest = FIRST_REST_NANOS;
    for (int size : sizes) {
      draws.put(size, draw(proposal, size, rest));
      rest = REST_NANOS;
    }
    return new SamplerTimes(refresh(proposal), draws);
  }

  /** Milliseconds of a refresh; one that takes long is made once. */
  private double refresh(Proposal proposal) {
    double[] times = new double[REFRESHES];
    for (int r = 0; r < REFRESHES; r++) {
      long began = System.nanoTime();
      proposal.refresh(model, seed, 2 + r, workers);
      times[r] = (System.nanoTime() - began) / 1e6;
      if (times[r] > LONG_MILLIS) {
        return times[r];
      }
    }
    return median(times);
  }

  /**
   * Nanoseconds of a draw.
   *
   * @param rest for how many nanoseconds nothing may have been compiled before it is timed
   */
  private double draw(Proposal proposal, int size, long rest) {
    int rows = Math.max(1, Math.min(users.length, MOST_CELLS / size));
    Batch batch = new Batch(rows, rows);
    batch.rows = rows;
    for (int r = 0; r < rows; r++) {
      batch.users[r] = users[r];
      batch.posStart[r + 1] = r + 1;
    }
    Matrix q = new Matrix(rows, model.users().width());
    model.users().forward(batch.users, 0, rows, q);
    Candidates c = new Candidates(proposal.layout(), rows, size, 1);
    c.begin(batch);
    Rng rng = new Rng();
    long step = 0;
    long fastest = Long.MAX_VALUE;
    long began = System.nanoTime();
    long compiled = compilation();
    long resting = began;
    for (long now = began; now - resting < rest && now - began < MOST_WARM_NANOS; ) {
      long start = now;
      proposal.propose(batch, 0, rows, q, c, new Pass(seed, 1, step++), rng);
      now = System.nanoTime();
      fastest = Math.min(fastest, now - start);
      if (compilation() != compiled) {
        compiled = compilation();
        resting = now;
      }
    }
    int each = (int) Math.max(1, REPETITION_NANOS / Math.max(1, fastest));
    double[] times = new double[REPETITIONS];
    int taken = 0;
    long first = System.nanoTime();
    while (taken < REPETITIONS
        && (taken < FEWEST_REPETITIONS || (System.nanoTime() - first) / 1e6 < LONG_MILLIS)) {
      began = System.nanoTime();
      for (int i = 0; i < each; i++) {
        proposal.propose(batch, 0, rows, q, c, new Pass(seed, 1, step++), rng);
      }
      times[taken++] = (double) (System.nanoTime() - began) / each / rows / size;
    }
    return median(Arrays.copyOf(times, taken));
  }

  /** Milliseconds that the JVM has compiled for; 0 where it does not tell. */
  private static long compilation() {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    boolean told = compiler != null && compiler.isCompilationTimeMonitoringSupported();
    return told ? compiler.getTotalCompilationTime() : 0;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
