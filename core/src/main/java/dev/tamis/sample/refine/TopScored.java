package dev.tamis.sample.refine;

import dev.tamis.math.Rng;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Pass;
import dev.tamis.sample.Refiner;
import java.util.Arrays;

/**
 * Keeps the candidate with the highest score, the first of them if several have it: dynamic
 * negative sampling (Zhang, Chen, Wang, Yu: Optimizing Top-N Collaborative Filtering via Dynamic
 * Negative Item Sampling, SIGIR 2013). Of H uniform draws from N items it keeps the one of rank r
 * with probability {@code ((N - r + 1) / N)^H - ((N - r) / N)^H}.
 */
public final class TopScored implements Refiner {
  @Override
  public int selected(int width) {
    return 1;
  }

  @Override
  public void refine(Batch batch, Candidates c, int from, int to, Pass pass, Rng rng) {
    for (int r = from; r < to; r++) {
      int best = c.at(r);
      for (int e = best + 1; e < c.at(r + 1); e++) {
        best = c.score[e] > c.score[best] ? e : best;
      }
      Arrays.fill(c.weight, c.at(r), c.at(r + 1), 0);
      c.weight[best] = 1;
    }
  }
}
