package dev.tamis.rank;

import dev.tamis.kernels.Kernels;
import java.util.Arrays;

/**
 * The items whose vectors point most nearly the same way as an item's: an exact scan by cosine.
 *
 * <p>Costs {@code items x width} multiply-adds a question, and as much once for the norms.
 */
public final class SimilarItems {
  private static final float SMALL = 0x1p-80f;
  private static final float LARGE = 0x1p120f;

  private final float[] vectors; // [items x width]
  private final int width;
  private final double[] norms; // [items]

  /**
   * Compares the rows of a table.
   *
   * @param vectors [items x width] row-major, not copied
   * @param width at least 1
   * @throws IllegalArgumentException if the vectors are no whole number of rows
   */
  public SimilarItems(float[] vectors, int width) {
    if (width < 1 || vectors.length % width != 0) {
      throw new IllegalArgumentException(
          vectors.length + " values are no whole number of vectors of width " + width);
    }
    this.vectors = vectors;
    this.width = width;
    this.norms = new double[vectors.length / width];
    for (int i = 0; i < norms.length; i++) {
      norms[i] = Math.sqrt(dot(i, i));
    }
  }

  /**
   * The {@code k} items nearest to one, itself left out: row 0 of the result, best first, ties to
   * the smaller item number. The score is the cosine, from -1 to 1; it is 0 for an item whose
   * vector is all zeros.
   *
   * @param item a dense item number
   * @param k at least 1
   * @throws IllegalArgumentException if there is no such item, or k is less than 1
   */
  public Ranked to(int item, int k) {
    if (item < 0 || item >= norms.length) {
      throw new IllegalArgumentException(
          "item number " + item + " is not among the " + norms.length + " items");
    }
    Ranked best = new Ranked(1, Math.min(k, Math.max(1, norms.length - 1)));
    best.rows = 1;
    Arrays.fill(best.items, -1);
    Arrays.fill(best.scores, Float.NEGATIVE_INFINITY);
    for (int other = 0; other < norms.length; other++) {
      if (other != item) {
        insert(best, other, cosine(item, other));
      }
    }
    return best;
  }

  private float cosine(int a, int b) {
    double norm = norms[a] * norms[b];
    return norm > 0 ? (float) Math.max(-1, Math.min(1, dot(a, b) / norm)) : 0;
  }

  /** By the kernel, and where floats would overflow or fade away in doubles. */
  private double dot(int a, int b) {
    float quick = Kernels.dot(vectors, a * width, vectors, b * width, width);
    if (Math.abs(quick) >= SMALL && Math.abs(quick) <= LARGE) {
      return quick;
    }
    double sum = 0;
    for (int i = 0; i < width; i++) {
      sum += (double) vectors[a * width + i] * vectors[b * width + i];
    }
    return sum;
  }

  /** Items come in ascending order, so an equal score goes behind those that are there. */
  private static void insert(Ranked best, int item, float score) {
    int at = best.counts[0];
    if (at == best.k) {
      if (!(score > best.scores[at - 1])) {
        return;
      }
      at--;
    } else {
      best.counts[0]++;
    }
    while (at > 0 && score > best.scores[at - 1]) {
      best.items[at] = best.items[at - 1];
      best.scores[at] = best.scores[at - 1];
      at--;
    }
    best.items[at] = item;
    best.scores[at] = score;
  }
}
