package dev.tamis.optim;

import dev.tamis.kernels.Kernels;
import dev.tamis.model.RowFetch;
import dev.tamis.model.Table;
import java.util.Arrays;
import java.util.TreeMap;

/**
 * Adagrad (Duchi et al. 2011) on rows that have a gradient: {@code a += g^2; w -= rate * g /
 * (sqrt(a) + 1e-10)} with {@code g += l2 * w} before.
 *
 * @param initialAccumulator where {@code a} starts: 0.1 in TensorFlow, 1 in LightFM, 0 in PyTorch
 * @param l2 weight decay of the rows that are touched, at least 0
 */
public record Adagrad(double initialAccumulator, double l2) implements Optimizer {
  private static final float EPSILON = 1e-10f;

  @Override
  public Updater attach(Table table) {
    float[] squares = new float[table.values().length]; // [rows x width]
    Arrays.fill(squares, (float) initialAccumulator);
    TreeMap<String, Object> state = new TreeMap<>();
    state.put("squares", squares);
    float decay = (float) l2;
    return new TouchedRows(table, state) {
      private float rate;

      @Override
      public void beginStep(double nextRate) {
        rate = (float) nextRate;
      }

      @Override
      void fetch(int[] rows, int from, int count) {
        RowFetch.fetch(squares, table.width(), rows, from, count);
      }

      @Override
      void move(int at, float[] gradient, int gradientFrom) {
        Kernels.adagrad(
            table.values(),
            at,
            squares,
            at,
            gradient,
            gradientFrom,
            table.width(),
            rate,
            decay,
            EPSILON);
      }
    };
  }

  @Override
  public int stateOfParameter() {
    return 1;
  }
}
