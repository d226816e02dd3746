package dev.tamis.eval.samplers;

import java.util.List;

/**
 * What was measured of a sampler, but for times.
 *
 * @param drawsPositives whether it may draw items that a user has; then the softmax that it is
 *     compared with is over all items, else over those that the user has not
 * @param givenPool whether it draws from a pool that each user has; then its law is that of the
 *     pool as it is, which is far from any law over all items by its size alone, and there is no
 *     sampled softmax with it
 * @param divergences [users] KL of its law from the softmax
 * @param drawn the same of what was drawn, by number of draws
 * @param trials the mean number of items drawn until one is kept, over users
 * @param law [points] the mean of its cumulative curves over users
 * @param drawnLaw [points] the same of the draws
 * @param gradients by number of drawn items; none for a pool
 */
public record SamplerReport(
    boolean drawsPositives,
    boolean givenPool,
    double[] divergences,
    List<DrawnDivergence> drawn,
    Spread trials,
    double[] law,
    double[] drawnLaw,
    List<GradientError> gradients) {
  /** Of the divergence, over the users. */
  public Spread divergence() {
    return Spread.of(divergences);
  }

  /** The divergence of all that was drawn. */
  public DrawnDivergence drawnMost() {
    return drawn.get(drawn.size() - 1);
  }
}
