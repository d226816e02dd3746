package dev.tamis.math;

import dev.tamis.kernels.Kernels;
import java.util.Arrays;

/**
 * How often each of some places is drawn in many draws with replacement from a distribution that is
 * made, drawn from and thrown away: O(places + draws), nearly all of it in vectors.
 *
 * <p>Independent Poisson counts in proportion to the weights are, given their sum, multinomial
 * counts of so many draws, whatever that sum is. So each place gets such a count, with as many in
 * all as there shall be draws on average; then draws that are too many, chosen evenly among all,
 * are taken back, or those that miss are made one by one. On average 0.8 times the square root of
 * the draws are. Where draws are few, all are made one by one.
 *
 * <p>Scratch of one thread; grows to the largest case seen.
 */
public final class MultinomialCounts {
  private static final int LEAF = 16; // places whose sum is known when one is looked for
  private static final int GROUP = 8; // leaves whose sum is known
  private static final int FEW = 16; // places a draw, from which on draws are made one by one

  private float[] counts = {}; // [places, then further parts of places of great weight]
  private int[] owner = {}; // [places and parts] of a further part, the place it belongs to
  private long[] bits = {}; // [(places and parts) / 2] random
  private int[] great = {}; // [places] those of a mean too great for one Poisson count
  private float[] leaves = {}; // [places / LEAF] sums
  private float[] groups = {}; // [leaves / GROUP] sums
  private int lastLeaf;

  /**
   * Replaces {@code weights[from..from + n)} by counts that sum up to {@code draws}. A place of
   * weight 0 is never drawn. Where the sum of weights is not above 1e-30, nothing is drawn, all
   * stay as they are, and it returns false.
   *
   * @param weights finite, not negative; what matters are their ratios
   * @param draws at most 2^23, below which sums of counts are exact
   */
  public boolean draw(float[] weights, int from, int n, int draws, Rng rng) {
    float total = Kernels.sum(weights, from, n);
    if (!(total > 1e-30f)) {
      return false;
    }
    reserve(n, draws);
    int drawn = 0;
    if (n > (long) FEW * draws) {
      Arrays.fill(counts, 0, n, 0);
    } else {
      System.arraycopy(weights, from, counts, 0, n);
      Kernels.scale(draws / total, counts, 0, n);
      drawn = drawPoisson(n, rng);
    }
    if (drawn > draws) {
      takeBack(n, drawn, draws, rng);
    } else if (drawn < draws) {
      add(weights, from, n, draws - drawn, rng);
    }
    System.arraycopy(counts, 0, weights, from, n);
    return true;
  }

  private void reserve(int n, int draws) {
    int most = n + draws / 3 + 1; // of a mean m, fewer than m / 4 further parts
    if (counts.length < most) {
      counts = new float[most];
      owner = new int[most];
      bits = new long[most / 2 + 1];
      great = new int[most];
      leaves = new float[most / LEAF + 1];
      groups = new float[most / LEAF / GROUP + 1];
    }
  }

  /** From means to counts; returns their sum. */
  private int drawPoisson(int n, Rng rng) {
    int all = n + divide(n);
    rng.nextLongs(bits, (all + 1) / 2);
    Kernels.poisson(counts, 0, all, bits, 0);
    for (int i = n; i < all; i++) {
      counts[owner[i]] += counts[i];
    }
    return (int) Kernels.sum(counts, 0, n);
  }

  /** Divides means that are too great into equal ones; returns how many were put after the rest. */
  private int divide(int n) {
    float most = Kernels.greatestPoissonMean();
    int found = Kernels.selectAbove(counts, 0, n, most, great, 0);
    int end = n;
    for (int f = 0; f < found; f++) {
      int place = great[f];
      int parts = (int) Math.ceil(counts[place] / most);
      counts[place] /= parts;
      Arrays.fill(counts, end, end + parts - 1, counts[place]);
      Arrays.fill(owner, end, end + parts - 1, place);
      end += parts - 1;
    }
    return end - n;
  }

  /** Takes back draws, each chosen evenly among those that are left. */
  private void takeBack(int n, int drawn, int draws, Rng rng) {
    sum(counts, 0, n);
    for (; drawn > draws; drawn--) {
      int place = place(counts, 0, n, rng.nextInt(drawn));
      counts[place]--;
      leaves[place / LEAF]--;
      groups[place / LEAF / GROUP]--;
    }
  }

  /** Makes so many draws by the weights. */
  private void add(float[] weights, int from, int n, int draws, Rng rng) {
    double total = sum(weights, from, n);
    for (int d = 0; d < draws; d++) {
      counts[place(weights, from, n, rng.nextDouble() * total)]++;
    }
  }

  /** Fills leaves and groups; returns the sum of the groups. */
  private double sum(float[] x, int from, int n) {
    lastLeaf = (n - 1) / LEAF;
    Arrays.fill(groups, 0, lastLeaf / GROUP + 1, 0);
    for (int leaf = 0; leaf <= lastLeaf; leaf++) {
      int end = from + Math.min(n, (leaf + 1) * LEAF);
      float sum = 0;
      for (int i = from + leaf * LEAF; i < end; i++) {
        sum += x[i];
      }
      leaves[leaf] = sum;
      groups[leaf / GROUP] += sum;
    }
    double total = 0;
    for (int group = 0; group <= lastLeaf / GROUP; group++) {
      total += groups[group];
    }
    return total;
  }

  /**
   * The place in which a mark falls that is below the sum of all. A mark that rounding takes past
   * the end of a group or leaf is in the last place there that has any.
   */
  private int place(float[] x, int from, int n, double mark) {
    int group = 0;
    for (int last = lastLeaf / GROUP; group < last && mark >= groups[group]; group++) {
      mark -= groups[group];
    }
    while (groups[group] == 0) {
      group--;
    }
    int leaf = group * GROUP;
    for (int last = Math.min(leaf + GROUP - 1, lastLeaf); leaf < last && mark >= leaves[leaf]; ) {
      mark -= leaves[leaf++];
    }
    while (leaves[leaf] == 0) {
      leaf--;
    }
    int place = leaf * LEAF;
    for (int last = Math.min(place + LEAF, n) - 1; place < last && mark >= x[from + place]; ) {
      mark -= x[from + place++];
    }
    while (x[from + place] == 0) {
      place--;
    }
    return place;
  }
}
