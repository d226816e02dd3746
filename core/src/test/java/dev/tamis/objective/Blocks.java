package dev.tamis.objective;

import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Candidates.Layout;

/** Blocks of random scores. */
public final class Blocks {
  private Blocks() {}

  /** One positive a row. */
  public static Candidates pairs(Layout layout, int rows, int width, double deviation, long seed) {
    Batch batch = new Batch(rows, rows);
    batch.rows = rows;
    for (int r = 0; r < rows; r++) {
      batch.posStart[r + 1] = r + 1;
    }
    Candidates c = new Candidates(layout, rows, width);
    c.begin(batch);
    fill(c, rows, deviation, seed);
    return c;
  }

  /** All items as candidates; row r has the items that r + 1 divides as positives. */
  static Candidates histories(int rows, int items, double deviation, long seed) {
    Batch batch = new Batch(rows, rows * items);
    batch.rows = rows;
    int n = 0;
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < items; i += r + 1) {
        batch.posIds[n++] = i;
      }
      batch.posStart[r + 1] = n;
    }
    Candidates c = new Candidates(Layout.ALL, rows, items);
    c.begin(batch);
    fill(c, n, deviation, seed);
    return c;
  }

  private static void fill(Candidates c, int positives, double deviation, long seed) {
    Rng rng = Rng.keyed(seed, Stream.DEMO, 0, 0);
    for (int e = 0; e < c.rows * c.width; e++) {
      c.score[e] = (float) (rng.nextGaussian() * deviation);
    }
    for (int p = 0; p < positives; p++) {
      c.posScore[p] = (float) (rng.nextGaussian() * deviation);
    }
    for (int r = 0; r < c.rows; r++) {
      c.rowWeight[r] = 0.25f + rng.nextFloat();
    }
    for (int e = 0; e < c.weight.length; e++) {
      c.weight[e] = rng.nextInt(4) == 0 ? 0 : rng.nextFloat() * 2;
    }
  }

  public static double[] widened(float[] values, int n) {
    double[] wide = new double[n];
    for (int i = 0; i < n; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  public static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }
}
