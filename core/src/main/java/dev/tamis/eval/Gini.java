package dev.tamis.eval;

import java.util.Arrays;

/**
 * The Gini index of how often each item of the catalogue is recommended: 0 if all equally often,
 * near 1 if one item takes all. With counts ascending, {@code c_1 .. c_n}: {@code sum_j (2j - n -
 * 1) c_j / (n sum_j c_j)}.
 */
final class Gini implements CatalogueMetric {
  @Override
  public String name() {
    return "gini";
  }

  @Override
  public boolean moreIsBetter() {
    return false;
  }

  @Override
  public double of(int[] counts) {
    int[] sorted = counts.clone();
    Arrays.sort(sorted);
    long n = sorted.length;
    double weighted = 0;
    long total = 0;
    for (int j = 0; j < n; j++) {
      weighted += (2.0 * (j + 1) - n - 1) * sorted[j];
      total += sorted[j];
    }
    return total == 0 ? 0 : weighted / (n * (double) total);
  }
}
