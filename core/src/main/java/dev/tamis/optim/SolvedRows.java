package dev.tamis.optim;

import java.util.Collections;
import java.util.SortedMap;

/**
 * What stands in the place of an optimizer where rows are solved for, not moved by gradients:
 * nothing is put off, and there is nothing to keep.
 */
public final class SolvedRows implements Updater {
  /** The only one; it has no state. */
  public static final Updater UPDATER = new SolvedRows();

  private SolvedRows() {}

  @Override
  public boolean movesIdleRows() {
    return false;
  }

  @Override
  public boolean defersIdleRows() {
    return false;
  }

  @Override
  public void beginStep(double rate) {}

  @Override
  public void update(int[] rows, int from, int count, float[] gradient) {
    throw refused();
  }

  @Override
  public void updateRange(int firstRow, int count, float[] gradient, int gradientFrom) {
    throw refused();
  }

  @Override
  public void updateIdle(int firstRow, int count) {
    throw refused();
  }

  private static UnsupportedOperationException refused() {
    return new UnsupportedOperationException("rows that are solved for take no gradients");
  }

  @Override
  public void settle(int[] rows, int from, int count) {}

  @Override
  public void settleAll() {}

  @Override
  public SortedMap<String, Object> state() {
    return Collections.emptySortedMap();
  }
}
