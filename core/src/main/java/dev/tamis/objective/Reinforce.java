package dev.tamis.objective;

import dev.tamis.kernels.Kernels;

/**
 * The policy gradient of a softmax over all items (REINFORCE: Williams 1992; IRGAN: Wang et al.,
 * SIGIR 2017, equation 5), for items that were drawn and rewarded:
 *
 * <pre>
 * loss = -mean_k R_k ln p(i_k);   dLoss/ds_j = p_j mean_k R_k - (sum of R_k with i_k = j) / K
 * </pre>
 *
 * Rewards are data. The derivatives sum to zero. Cost O(items + draws).
 */
public final class Reinforce {
  private Reinforce() {}

  /**
   * Replaces the softmax of a row by the derivatives of its loss by scores, and returns the loss.
   *
   * @param p the softmax: {@code n} probabilities from {@code at} on
   * @param drawn the first {@code draws} are the items drawn; at least one
   * @param reward parallel to {@code drawn}; 0 for an item without probability
   */
  public static double differentiate(
      float[] p, int at, int n, int[] drawn, float[] reward, int draws) {
    double loss = 0;
    double sum = 0;
    for (int k = 0; k < draws; k++) {
      sum += reward[k];
      // As in the limit, what has no probability and so no reward does not count.
      loss -= reward[k] == 0 ? 0 : reward[k] * StrictMath.log(p[at + drawn[k]]);
    }
    Kernels.scale((float) (sum / draws), p, at, n);
    for (int k = 0; k < draws; k++) {
      p[at + drawn[k]] -= reward[k] / draws;
    }
    return loss / draws;
  }
}
