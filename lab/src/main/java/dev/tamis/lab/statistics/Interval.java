package dev.tamis.lab.statistics;

/**
 * Where a true value is thought to be.
 *
 * @param low its lower end
 * @param high its upper end
 */
public record Interval(double low, double high) {
  /** Whether all of it is above a value. */
  public boolean above(double value) {
    return low > value;
  }
}
