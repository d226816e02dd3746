package dev.tamis.math;

/**
 * Draws from a fixed distribution over 0..n in constant time: one run of {@link AliasRuns}. 12
 * bytes an entry. An entry of weight 0 is never drawn.
 */
public final class AliasTable {
  private final AliasRuns table;

  /**
   * @param weights finite with a finite sum, not negative, not all zero; need not sum to one
   * @throws IllegalArgumentException if they are not so
   */
  public AliasTable(double[] weights) {
    table = new AliasRuns(weights.length);
    table.build(weights, 0, weights.length);
  }

  /** How many entries there are. */
  public int size() {
    return table.entries();
  }

  /**
   * A random entry. Takes two numbers from the generator, or more where a bound does not divide
   * 2^32.
   */
  public int draw(Rng rng) {
    int column = rng.nextInt(table.entries());
    return table.take(column, rng.nextLong());
  }

  /**
   * The probability with which an entry is drawn, as the table has it (thresholds are multiples of
   * 2^-32). O(n).
   */
  public double probability(int entry) {
    return table.probability(entry, 0, table.entries());
  }
}
