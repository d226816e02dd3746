package dev.tamis.optim;

import dev.tamis.kernels.Kernels;
import dev.tamis.model.Table;
import java.util.TreeMap;

/**
 * Stochastic gradient descent: {@code w -= rate * (g + l2 * w)} on rows that have a gradient.
 *
 * @param l2 weight decay of the rows that are touched, at least 0
 */
public record Sgd(double l2) implements Optimizer {
  @Override
  public Updater attach(Table table) {
    return new TouchedRows(table, new TreeMap<>()) {
      private float rate;

      @Override
      public void beginStep(double nextRate) {
        rate = (float) nextRate;
      }

      @Override
      void move(int at, float[] gradient, int gradientFrom) {
        if (l2 != 0) {
          Kernels.scale((float) (1 - rate * l2), table.values(), at, table.width());
        }
        Kernels.axpy(-rate, gradient, gradientFrom, table.values(), at, table.width());
      }
    };
  }

  @Override
  public int stateOfParameter() {
    return 0;
  }
}
