package dev.tamis.optim;

import dev.tamis.kernels.AdamStep;
import dev.tamis.kernels.Kernels;
import dev.tamis.model.Table;
import java.util.Arrays;

/**
 * Idle moves made up for at once, in closed form.
 *
 * <p>In an idle step {@code m} shrinks by beta1 and {@code sqrt(v)} by sqrt(beta2), so the j-th
 * idle step after step T moves a row by {@code size[T + j] * r^j * m / sqrt(v)} with {@code r =
 * beta1 / sqrt(beta2)}; k idle steps move it by the sum over j of 1..k, times m / sqrt(v) as they
 * were. The sum is cut after {@value #REACH} terms, when {@code r^j} is below 1e-11 for the usual
 * betas. Epsilon is taken as small beside sqrt(v).
 */
final class DeferredMoves implements PutOffMoves {
  private static final int REACH = 256;

  private final double beta1;
  private final double beta2;
  private final double ratio;
  private final float epsilon;
  private final double[] recent =
      new double[REACH + 1]; // recent[k]: the sum for k idle steps that end with the target
  private final float[] firstDecay = new float[REACH + 1]; // beta1^k
  private final float[] secondDecay = new float[REACH + 1]; // beta2^k
  private double[] size = new double[1024]; // [steps + 1]
  private int steps;
  private int target;

  DeferredMoves(Adam adam) {
    this.beta1 = adam.beta1();
    this.beta2 = adam.beta2();
    this.ratio = adam.beta1() / Math.sqrt(adam.beta2());
    this.epsilon = (float) adam.epsilon();
    for (int k = 0; k <= REACH; k++) {
      firstDecay[k] = (float) StrictMath.pow(beta1, k);
      secondDecay[k] = (float) StrictMath.pow(beta2, k);
    }
  }

  @Override
  public void add(AdamStep step, double stepSize) {
    if (++steps == size.length) {
      size = Arrays.copyOf(size, size.length * 2);
    }
    size[steps] = stepSize;
  }

  @Override
  public void target(int step) {
    target = step;
    for (int k = 1; k <= Math.min(target, REACH); k++) {
      recent[k] = ratio * (size[target - k + 1] + recent[k - 1]);
    }
  }

  @Override
  public void makeUp(int row, int from, Table table, float[] first, float[] second) {
    int k = target - from;
    boolean near = k <= REACH;
    double sum = near ? recent[k] : farSum(from);
    float m = near ? firstDecay[k] : (float) StrictMath.pow(beta1, k);
    float v = near ? secondDecay[k] : (float) StrictMath.pow(beta2, k);
    int at = table.at(row);
    Kernels.adamIdle(
        table.values(), at, first, at, second, at, table.width(), (float) sum, 1, epsilon, m, v);
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

  @Override
  public void forget() {
    steps = 0;
  }
}
