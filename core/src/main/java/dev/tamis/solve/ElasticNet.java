package dev.tamis.solve;

import dev.tamis.kernels.Workers;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * The item-to-item weights of a sparse linear method (Ning and Karypis: SLIM: Sparse Linear Methods
 * for Top-N Recommender Systems, ICDM 2011, equation 4). With {@code a_j} who has item {@code j},
 * column {@code w} of an item is the minimum of
 *
 * <pre>
 * |a_j - A w|^2 / 2  +  l2 |w|^2 / 2  +  l1 |w|_1      with w_j = 0, and w at least 0 if clamped
 * </pre>
 *
 * by coordinate descent: all coordinates in turn, then those that are not 0 until they stand still,
 * and again, until a whole turn changes nothing. Items that no user has together with {@code j}
 * have weight 0; among the others the clamp leaves only those whose first step is above 0, so items
 * met together {@code l1} times or less need not be looked at.
 */
public final class ElasticNet {
  private final SparseRows users;
  private final SparseRows items;
  private final double l1;
  private final double l2;
  private final boolean clamped;
  private final int candidates;
  private final double tolerance;
  private final int maxTurns;
  private final Workers workers;

  /**
   * @param users the items of each user; values are not looked at
   * @param candidates how many items, those nearest by cosine, may have a weight; 0 for any
   * @param tolerance a turn that moves no weight by more has changed nothing
   * @param maxTurns of all coordinates
   */
  public ElasticNet(
      SparseRows users,
      double l1,
      double l2,
      boolean clamped,
      int candidates,
      double tolerance,
      int maxTurns,
      Workers workers) {
    this.users = users;
    this.items = users.transposed();
    this.l1 = l1;
    this.l2 = l2;
    this.clamped = clamped;
    this.candidates = candidates;
    this.tolerance = tolerance;
    this.maxTurns = maxTurns;
    this.workers = workers;
  }

  /**
   * Row {@code i} holds what having item {@code i} adds to the score of each item.
   *
   * @param progress told how many of the {@link Rounds} over items are done
   */
  public SparseRows solve(IntConsumer progress) {
    int itemCount = items.rowCount();
    SparseWeights found = new SparseWeights(itemCount);
    Column[] scratch = new Column[workers.threads()];
    new Rounds(itemCount)
        .run(
            workers,
            progress,
            (item, worker) -> {
              if (scratch[worker] == null) {
                scratch[worker] = new Column();
              }
              scratch[worker].solve(item, found);
            });
    return found.rows(itemCount).transposed();
  }

  /** What solving holds in memory besides the weights, in bytes. */
  public static long bytes(int userCount, int itemCount, long pairs, int threads) {
    return 4 * pairs + 4L * itemCount + threads * (8L * userCount + 20L * itemCount);
  }

  /** One column at a time; scratch of one thread. */
  private final class Column {
    private final double[] residual = new double[users.rowCount()]; // zeros between columns
    private final float[] nearness = new float[items.rowCount()]; // zeros between columns
    private final float[] weights = new float[items.rowCount()]; // zeros between columns
    private final Strongest strongest = new Strongest();
    private int[] active = {};
    private int activeCount;
    private int[] moved = {}; // what was not 0 at some time; some more than once
    private int movedCount;

    void solve(int item, SparseWeights to) {
      int[] others = others(item);
      if (active.length < others.length) {
        active = new int[Math.max(others.length, 2 * active.length)];
      }
      movedCount = 0;
      add(item, 1);
      for (int turn = 0; turn < maxTurns; turn++) {
        activeCount = 0;
        double most = 0;
        for (int other : others) {
          most = Math.max(most, move(other));
          if (weights[other] != 0) {
            active[activeCount++] = other;
          }
        }
        if (most <= tolerance) {
          break;
        }
        for (int inner = 0; inner < maxTurns && most > tolerance; inner++) {
          most = 0;
          for (int a = 0; a < activeCount; a++) {
            most = Math.max(most, move(active[a]));
          }
        }
      }
      strongest.begin(weights);
      for (int other : others) {
        strongest.offer(other);
      }
      to.set(item, strongest.columns(others.length), weights);
      for (int m = 0; m < movedCount; m++) {
        weights[moved[m]] = 0;
        clear(moved[m]);
      }
      clear(item);
    }

    /** The items that may have a weight, ascending. */
    private int[] others(int item) {
      for (int e = items.start()[item]; e < items.start()[item + 1]; e++) {
        int user = items.columns()[e];
        for (int f = users.start()[user]; f < users.start()[user + 1]; f++) {
          nearness[users.columns()[f]]++;
        }
      }
      nearness[item] = 0;
      strongest.begin(nearness);
      for (int e = items.start()[item]; e < items.start()[item + 1]; e++) {
        int user = items.columns()[e];
        for (int f = users.start()[user]; f < users.start()[user + 1]; f++) {
          int other = users.columns()[f];
          if (nearness[other] > 0) {
            // The mark of having been offered is the sign.
            boolean useful = !clamped || nearness[other] > l1;
            nearness[other] /= -(float) Math.sqrt(items.degree(other));
            if (useful) {
              strongest.offer(other);
            }
          }
        }
      }
      int[] others = strongest.columns(candidates == 0 ? Integer.MAX_VALUE : candidates);
      for (int e = items.start()[item]; e < items.start()[item + 1]; e++) {
        int user = items.columns()[e];
        for (int f = users.start()[user]; f < users.start()[user + 1]; f++) {
          nearness[users.columns()[f]] = 0;
        }
      }
      return others;
    }

    /** Moves one weight to its best, the others as they are; returns how far. */
    private double move(int other) {
      float before = weights[other];
      int first = items.start()[other];
      int end = items.start()[other + 1];
      int[] having = items.columns();
      double gain = (double) before * (end - first);
      for (int e = first; e < end; e++) {
        gain += residual[having[e]];
      }
      double shrunk = gain > l1 ? gain - l1 : !clamped && gain < -l1 ? gain + l1 : 0;
      float after = (float) (shrunk / (end - first + l2));
      if (after != before) {
        weights[other] = after;
        if (before == 0) {
          if (movedCount == moved.length) {
            moved = Arrays.copyOf(moved, Math.max(64, 2 * movedCount));
          }
          moved[movedCount++] = other;
        }
        add(other, (double) before - after);
      }
      return Math.abs((double) after - before);
    }

    private void add(int item, double amount) {
      for (int e = items.start()[item]; e < items.start()[item + 1]; e++) {
        residual[items.columns()[e]] += amount;
      }
    }

    private void clear(int item) {
      for (int e = items.start()[item]; e < items.start()[item + 1]; e++) {
        residual[items.columns()[e]] = 0;
      }
    }
  }
}
