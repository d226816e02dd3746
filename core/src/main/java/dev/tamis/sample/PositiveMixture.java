package dev.tamis.sample;

import dev.tamis.math.Rng;
import dev.tamis.math.RunShares;
import java.util.Arrays;

/**
 * Draws for one user from a law over all items, mixed with the user's positives:
 *
 * <pre>
 * P_n(j) = (1 - share) p(j) + share [j in I_u] / n_u
 * </pre>
 *
 * What is drawn stands for draws from {@code p} with the weight {@code p / P_n}, since {@code
 * E_Pn[(p / P_n) R] = E_p[R]} for any R: the importance sampling of IRGAN (Wang et al., SIGIR 2017,
 * in its code). That weight is at most {@code 1 / (1 - share)}. Cost of a user O(items), of a draw
 * that of {@link RunShares}. Scratch of one thread.
 */
public final class PositiveMixture {
  private final double share;
  private final float[] law; // [items] p
  private final RunShares shares;
  private int[] positives;
  private int from;
  private int to;

  /**
   * @param share of the positives, at least 0 and below 1
   */
  public PositiveMixture(int items, double share) {
    this.share = share;
    this.law = new float[items];
    this.shares = new RunShares(items);
  }

  /**
   * Takes up a user.
   *
   * @param probabilities p begins at {@code at}, sums to 1 and is copied
   * @param positives {@code [from..to)} those of the user, ascending, at least one; kept
   */
  public void begin(float[] probabilities, int at, int[] positives, int from, int to) {
    System.arraycopy(probabilities, at, law, 0, law.length);
    shares.sumUp(law, law.length);
    this.positives = positives;
    this.from = from;
    this.to = to;
  }

  /** Draws an item. */
  public int draw(Rng rng) {
    return rng.nextDouble() < share ? positives[from + rng.nextInt(to - from)] : shares.draw(rng);
  }

  /** {@code P_n} of an item. */
  public double probability(int item) {
    boolean positive = Arrays.binarySearch(positives, from, to, item) >= 0;
    return (1 - share) * law[item] + (positive ? share / (to - from) : 0);
  }

  /** What a draw of an item counts where {@code p} was meant: {@code p / P_n}. */
  public double weight(int item) {
    return law[item] / probability(item);
  }
}
