package dev.tamis.sample.proposal;

import dev.tamis.data.Interactions;
import dev.tamis.kernels.Kernels;
import dev.tamis.math.Rng;
import dev.tamis.math.RunShares;
import java.util.Arrays;

/**
 * Draws from the softmax of the scores that a user gives all items, but for some that are left out.
 * Scratch of one thread. Cost: an exponential for each item; of a draw that of {@link RunShares}.
 */
final class SoftmaxDraws {
  private final Interactions refused;
  private final int items;
  private final float[] masses; // [items] first scores, then their softmax
  private final RunShares shares;
  private int user;

  /**
   * @param refused by user, what is never drawn; no user has every item
   */
  SoftmaxDraws(Interactions refused) {
    this.refused = refused;
    this.items = refused.itemCount();
    this.masses = new float[items];
    this.shares = new RunShares(items);
  }

  /** Takes up the scores {@code from[at..at + items)}, less those of items refused to the user. */
  void take(int user, float[] from, int at) {
    this.user = user;
    System.arraycopy(from, at, masses, 0, items);
    refuse(Float.NEGATIVE_INFINITY);
  }

  /** Leaves an item out if there is a choice. */
  void leaveOut(int item) {
    masses[item] = Float.NEGATIVE_INFINITY;
  }

  /** Until {@link #weigh}, [items] the scores: minus infinity for those left out. */
  float[] scores() {
    return masses;
  }

  /** What was taken up is complete, and may be drawn from. */
  void weigh() {
    float mass = Kernels.softmax(masses, 0, items);
    if (!Float.isFinite(mass)) {
      // Scores that are no numbers: any item will do that is not refused, as the loss will be no
      // number either.
      Arrays.fill(masses, 1);
      refuse(0);
    }
    shares.sumUp(masses, items);
  }

  int draw(Rng rng) {
    return shares.draw(rng);
  }

  private void refuse(float value) {
    int end = refused.rowStart()[user + 1];
    for (int e = refused.rowStart()[user]; e < end; e++) {
      masses[refused.itemIds()[e]] = value;
    }
  }
}
