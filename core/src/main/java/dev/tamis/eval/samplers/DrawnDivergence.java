package dev.tamis.eval.samplers;

/**
 * How far the frequencies of so many draws are from the softmax: KL in nats, as in figure 6 of
 * FastVAE.
 *
 * @param draws how many items were drawn for each user
 * @param byUser [users] the divergence
 * @param surplus how much it is too large, to first order: the mean of {@code (S - 1) / (2 T)} for
 *     T draws of a law over S items. With fewer draws than items that says too much
 */
public record DrawnDivergence(int draws, double[] byUser, double surplus) {
  /** Over the users. */
  public Spread spread() {
    return Spread.of(byUser);
  }
}
