package dev.tamis.model;

import dev.tamis.rank.QueryBlock;
import dev.tamis.rank.Scorer;
import java.util.Arrays;

/**
 * Scores that are sums over the items of a history, in their order, of what each adds to every
 * item: how models of weights between items score.
 */
final class SummedWeights implements Scorer.Block {
  private final int maxRows;
  private final Weights weights;
  private final QueryBlock queries;

  /** What an item of a history adds. */
  @FunctionalInterface
  interface Weights {
    /** Adds its weights for items {@code fromItem..toItem} to {@code out} from {@code at} on. */
    void add(int item, int fromItem, int toItem, float[] out, int at);
  }

  SummedWeights(int maxRows, Weights weights) {
    this.maxRows = maxRows;
    this.weights = weights;
    this.queries = new QueryBlock(maxRows);
  }

  @Override
  public void load(QueryBlock block) {
    block.requireAtMost(maxRows);
    queries.clear();
    for (int row = 0; row < block.rows; row++) {
      int[] start = block.historyStart;
      queries.append(-1, block.history, start[row], start[row + 1]);
    }
  }

  @Override
  public void score(int fromItem, int toItem, float[] out) {
    int n = toItem - fromItem;
    Arrays.fill(out, 0, queries.rows * n, 0);
    for (int row = 0; row < queries.rows; row++) {
      for (int h = queries.historyStart[row]; h < queries.historyStart[row + 1]; h++) {
        weights.add(queries.history[h], fromItem, toItem, out, row * n);
      }
    }
  }
}
