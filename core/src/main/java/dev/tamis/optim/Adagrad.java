package dev.tamis.optim;

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
      void move(int at, float[] gradient, int gradientFrom) {
        float[] w = table.values();
        for (int i = 0; i < table.width(); i++) {
          float g = Math.fma(decay, w[at + i], gradient[gradientFrom + i]);
          float square = Math.fma(g, g, squares[at + i]);
          squares[at + i] = square;
          w[at + i] -= rate * g / ((float) Math.sqrt(square) + EPSILON);
        }
      }
    };
  }

  @Override
  public int stateOfParameter() {
    return 1;
  }
}
