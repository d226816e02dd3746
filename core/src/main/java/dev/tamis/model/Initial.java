package dev.tamis.model;

import dev.tamis.math.Rng;
import dev.tamis.math.Stream;

/**
 * Random starting values. A row's values are keyed by seed, table name and row, so they depend on
 * nothing else.
 */
public final class Initial {
  /** The standard deviation that is left of a standard normal cut off at two. */
  private static final double CUT_NORMAL_DEVIATION = 0.87962566103423978;

  private Initial() {}

  /** A way to fill a table, which is returned. */
  @FunctionalInterface
  public interface Values {
    Table fill(Table table, long seed);
  }

  /**
   * Normal with variance 2 / (rows + width), cut off at two deviations (Glorot and Bengio 2010; the
   * normal form of TensorFlow).
   */
  public static Table glorotNormal(Table table, long seed) {
    return cutNormal(
        table, seed, Math.sqrt(2.0 / (table.rows() + table.width())) / CUT_NORMAL_DEVIATION);
  }

  /** Uniform in ±sqrt(6 / (rows + width)) (Glorot and Bengio 2010, equation 16). */
  public static Table glorotUniform(Table table, long seed) {
    return uniform(table, seed, Math.sqrt(6.0 / ((double) table.rows() + table.width())));
  }

  /** Uniform in ±{@code limit}. */
  public static Table uniform(Table table, long seed, double limit) {
    Rng rng = new Rng();
    for (int row = 0; row < table.rows(); row++) {
      key(rng, table, seed, row);
      for (int i = table.at(row); i < table.at(row) + table.width(); i++) {
        table.values()[i] = (float) ((2 * rng.nextDouble() - 1) * limit);
      }
    }
    return table;
  }

  /** Normal with a deviation. */
  public static Table normal(Table table, long seed, double deviation) {
    return normal(table, seed, deviation, Double.POSITIVE_INFINITY);
  }

  /** Normal with a deviation, drawn again where it is beyond twice that. */
  public static Table cutNormal(Table table, long seed, double deviation) {
    return normal(table, seed, deviation, 2);
  }

  private static Table normal(Table table, long seed, double deviation, double cut) {
    Rng rng = new Rng();
    for (int row = 0; row < table.rows(); row++) {
      key(rng, table, seed, row);
      for (int i = table.at(row); i < table.at(row) + table.width(); i++) {
        double draw = rng.nextGaussian();
        while (Math.abs(draw) > cut) {
          draw = rng.nextGaussian();
        }
        table.values()[i] = (float) (draw * deviation);
      }
    }
    return table;
  }

  private static void key(Rng rng, Table table, long seed, int row) {
    // String.hashCode is specified, so a name gives the same key everywhere.
    rng.key(seed, Stream.INITIAL, table.name().hashCode(), row);
  }
}
