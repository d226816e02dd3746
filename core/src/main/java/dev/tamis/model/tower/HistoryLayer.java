package dev.tamis.model.tower;

import dev.tamis.kernels.Kernels;
import dev.tamis.math.Matrix;
import dev.tamis.model.Table;
import java.util.Arrays;
import java.util.Optional;

/**
 * The first layer of an encoder of histories: {@code out = activation(x W + b)} where {@code x} is
 * the history as a 0/1 row over all items, scaled to length 1. Only the rows of W that stand for
 * items of the history are read: cost O(history x outputs). Where users have nodes, the row of the
 * user is added before the activation; a user who has none counts as if it were zero.
 *
 * @param weights [items x outputs]
 * @param bias [1 x outputs]
 * @param scaled whether the history is scaled, or left as it is
 * @param userNodes [users x outputs]
 */
record HistoryLayer(
    Table weights, Table bias, Activation activation, boolean scaled, Optional<Table> userNodes) {
  /** What each item of a history of {@code n} items counts: 1 / sqrt(n), or 1. */
  float share(int n) {
    return scaled ? (float) (1 / Math.sqrt(n)) : 1;
  }

  /**
   * Fills one row of {@code out}.
   *
   * @param coefficient what each listed item counts, from {@code from}
   * @param items the items, from {@code from}
   * @param user the user's number, or -1 for one without a node
   */
  void forward(
      float[] coefficient, int[] items, int from, int count, int user, Matrix out, int row) {
    int outputs = weights.width();
    Arrays.fill(out.data, out.at(row), out.at(row) + outputs, 0);
    Kernels.axpyRows(
        coefficient, from, weights.values(), outputs, items, from, count, out.data, out.at(row));
    Kernels.axpy(1, bias.values(), 0, out.data, out.at(row), outputs);
    if (userNodes.isPresent() && user >= 0) {
      Table nodes = userNodes.get();
      Kernels.axpy(1, nodes.values(), nodes.at(user), out.data, out.at(row), outputs);
    }
    activation.apply(out.data, out.at(row), outputs);
  }
}
