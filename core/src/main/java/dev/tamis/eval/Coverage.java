package dev.tamis.eval;

/** Coverage: the share of the catalogue that is among the first k of at least one user. */
final class Coverage implements CatalogueMetric {
  @Override
  public String name() {
    return "coverage";
  }

  @Override
  public boolean moreIsBetter() {
    return true;
  }

  @Override
  public double of(int[] counts) {
    int covered = 0;
    for (int count : counts) {
      covered += count > 0 ? 1 : 0;
    }
    return counts.length == 0 ? 0 : covered / (double) counts.length;
  }
}
