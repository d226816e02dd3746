package dev.tamis.sample.refine;

import dev.tamis.kernels.Kernels;
import dev.tamis.kernels.PerThread;
import dev.tamis.math.MultinomialCounts;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Pass;
import dev.tamis.sample.Refiner;
import java.util.Arrays;

/**
 * Importance resampling: draws for each row from its candidates, with replacement, by the softmax
 * of {@code s - ln Q}, and makes the weight of a candidate the number of times it was drawn. With
 * {@code Q} the law of the candidates, what is drawn tends to the softmax over all items as there
 * are more candidates (BIR and XIR: Chen, Lian, Li, Wang, Zheng, Chen 2022, section 4.1).
 *
 * <p>Draws are keyed by the row. A row whose candidates all have the score minus infinity draws
 * none. Cost of a row: O(candidates + draws).
 */
public final class Resample implements Refiner {
  private final int draws;
  private final int tail;
  private final PerThread<MultinomialCounts> counts = new PerThread<>(MultinomialCounts::new);

  /** So many draws from all candidates. */
  public Resample(int draws) {
    this(draws, 0);
  }

  /**
   * So many draws from the last {@code tail} candidates, and as many from those before; from all
   * together if that is 0.
   */
  public Resample(int draws, int tail) {
    this.draws = draws;
    this.tail = tail;
  }

  @Override
  public int selected(int width) {
    return Math.min(width, tail == 0 ? draws : 2 * draws);
  }

  @Override
  public void refine(Batch batch, Candidates c, int from, int to, Pass pass, Rng rng) {
    MultinomialCounts mine = counts.get();
    System.arraycopy(c.score, c.at(from), c.weight, c.at(from), (to - from) * c.width);
    for (int r = from; r < to; r++) {
      rng.key(pass.seed(), Stream.RESAMPLING, pass.step(), r);
      Kernels.axpy(-1, c.logQ, c.idsAt(r), c.weight, c.at(r), c.width);
      draw(c.weight, c.at(r), c.width - tail, mine, rng);
      if (tail > 0) {
        draw(c.weight, c.at(r + 1) - tail, tail, mine, rng);
      }
    }
  }

  /** From logarithms to counts. */
  private void draw(float[] weight, int from, int n, MultinomialCounts mine, Rng rng) {
    Kernels.softmax(weight, from, n);
    if (!mine.draw(weight, from, n, draws, rng)) {
      Arrays.fill(weight, from, from + n, 0);
    }
  }
}
