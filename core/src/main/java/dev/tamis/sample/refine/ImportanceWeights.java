package dev.tamis.sample.refine;

import dev.tamis.kernels.Kernels;
import dev.tamis.math.Rng;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Pass;
import dev.tamis.sample.Refiner;

/**
 * Self-normalised importance weights: {@code w = softmax(s - ln Q)} over the candidates of a row,
 * which turns draws from {@code Q} into an estimate for the softmax of the scores (PRIS, equation
 * 6). A constant in {@code ln Q} drops out.
 *
 * <p>Self-adversarial weights (as PRIS compares them) are the same without correction and without a
 * gradient through the weights.
 */
public final class ImportanceWeights implements Refiner {
  private final boolean corrected;
  private final boolean flow;

  /**
   * @param corrected whether {@code ln Q} is taken off the scores
   * @param flow whether the gradient goes through the weights
   */
  public ImportanceWeights(boolean corrected, boolean flow) {
    this.corrected = corrected;
    this.flow = flow;
  }

  @Override
  public boolean weightsFlow() {
    return flow;
  }

  @Override
  public void refine(Batch batch, Candidates c, int from, int to, Pass pass, Rng rng) {
    int width = c.width;
    System.arraycopy(c.score, c.at(from), c.weight, c.at(from), (to - from) * width);
    for (int r = from; r < to; r++) {
      if (corrected) {
        Kernels.axpy(-1, c.logQ, c.idsAt(r), c.weight, c.at(r), width);
      }
      Kernels.softmax(c.weight, c.at(r), width);
    }
  }
}
