package dev.tamis.optim;

import dev.tamis.kernels.AdamIdle;
import dev.tamis.kernels.Kernels;
import dev.tamis.model.Table;
import java.util.Arrays;

/**
 * The moves that Adam makes on rows without a gradient, put off and made up for at once.
 *
 * <p>In an idle step {@code m} shrinks by beta1 and {@code sqrt(v)} by sqrt(beta2), so the j-th
 * idle step after step T moves a row by {@code size[T + j] * r^j * m / sqrt(v)} with {@code r =
 * beta1 / sqrt(beta2)}; k idle steps move it by the sum over j of 1..k, times m / sqrt(v) as they
 * were. The sum is cut after {@value #REACH} terms, when {@code r^j} is below 1e-11 for the usual
 * betas. Epsilon is taken as small beside sqrt(v).
 *
 * <p>Steps are counted from the last time all rows were settled, so nothing of this needs to be
 * kept in a checkpoint taken then.
 */
final class DeferredMoves {
  private static final int REACH = 256;

  private final double beta1;
  private final double beta2;
  private final double ratio;
  private final float epsilon;
  private final int[]
      settled; // [rows] the step, of this run of steps, through which a row is up to date
  private final double[] recent =
      new double[REACH + 1]; // recent[k]: the sum for k idle steps that end with step `now`
  private final float[] firstDecay = new float[REACH + 1]; // beta1^k
  private final float[] secondDecay = new float[REACH + 1]; // beta2^k
  private double[] size = new double[1024]; // [steps of this run + 1]
  private int step; // the step under way
  private int now; // rows are settled through this step

  DeferredMoves(Adam adam, int rows) {
    this.beta1 = adam.beta1();
    this.beta2 = adam.beta2();
    this.ratio = adam.beta1() / Math.sqrt(adam.beta2());
    this.epsilon = (float) adam.epsilon();
    this.settled = new int[rows];
    for (int k = 0; k <= REACH; k++) {
      firstDecay[k] = (float) StrictMath.pow(beta1, k);
      secondDecay[k] = (float) StrictMath.pow(beta2, k);
    }
  }

  /**
   * Begins a step in which a row moves by {@code stepSize * m / sqrt(v)}; until it ends, rows are
   * settled through the one before.
   */
  void beginStep(double stepSize) {
    now = step++;
    if (step == size.length) {
      size = Arrays.copyOf(size, size.length * 2);
    }
    size[step] = stepSize;
    sumRecent();
  }

  /** The step under way is over: rows are settled through it. */
  void endRun() {
    now = step;
    sumRecent();
  }

  /** All rows are settled: counting begins anew. */
  void beginRun() {
    step = 0;
    now = 0;
    Arrays.fill(settled, 0);
  }

  private void sumRecent() {
    for (int k = 1; k <= Math.min(now, REACH); k++) {
      recent[k] = ratio * (size[now - k + 1] + recent[k - 1]);
    }
  }

  /** A settled row was moved by the step under way. */
  void moved(int row) {
    settled[row] = step;
  }

  /** Makes up for the idle steps of a row. */
  void settle(int row, Table table, float[] first, float[] second) {
    int k = now - settled[row];
    if (k <= 0) {
      return;
    }
    boolean near = k <= REACH;
    double sum = near ? recent[k] : farSum(settled[row]);
    float m = near ? firstDecay[k] : (float) StrictMath.pow(beta1, k);
    float v = near ? secondDecay[k] : (float) StrictMath.pow(beta2, k);
    int at = table.at(row);
    Kernels.adamIdle(
        table.values(),
        at,
        first,
        at,
        second,
        at,
        table.width(),
        new AdamIdle((float) sum, 1, epsilon, m, v));
    settled[row] = now;
  }

  private double farSum(int from) {
    double sum = 0;
    double power = 1;
    for (int j = 1; j <= REACH; j++) {
      power *= ratio;
      sum += size[from + j] * power;
    }
    return sum;
  }
}
