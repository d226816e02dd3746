package dev.tamis.optim;

import dev.tamis.kernels.AdamStep;
import dev.tamis.kernels.AdamSteps;
import dev.tamis.kernels.Kernels;
import dev.tamis.model.Table;

/**
 * Idle moves made one after another, when a row is read next: to the bit those that would have been
 * made in their steps, with weight decay too. It takes as many square roots and divisions, but a
 * row comes from memory once for all of them.
 */
final class ReplayedMoves implements PutOffMoves {
  private final AdamSteps steps;
  private int target;

  ReplayedMoves(Adam adam) {
    this.steps =
        new AdamSteps(adam.beta1(), adam.beta2(), (float) adam.epsilon(), (float) adam.l2());
  }

  @Override
  public void add(AdamStep step, double size) {
    steps.add(step.stepSize(), step.vScale());
  }

  @Override
  public void target(int step) {
    target = step;
  }

  @Override
  public void makeUp(int row, int from, Table table, float[] first, float[] second) {
    int at = table.at(row);
    Kernels.adamIdleSteps(
        table.values(), at, first, at, second, at, table.width(), steps, from, target);
  }

  @Override
  public void forget() {
    steps.clear();
  }
}
