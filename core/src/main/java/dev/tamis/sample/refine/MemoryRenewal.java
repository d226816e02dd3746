package dev.tamis.sample.refine;

import dev.tamis.kernels.Kernels;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Pass;
import dev.tamis.sample.Refiner;
import dev.tamis.sample.UserMemories;

/**
 * Draws the next memory of each row's user among the row's candidates: without replacement, with
 * probabilities proportional to {@code exp(score / temperature)} (SRNS: Ding et al. 2020,
 * score-based memory update). Weights stay as they are.
 *
 * <p>The draw keeps the largest of {@code score / temperature + g} with a Gumbel number g for each
 * candidate, which is the same law. Cost of a row: O(candidates).
 */
public final class MemoryRenewal implements Refiner {
  private final UserMemories memories;
  private final float inverseTemperature;

  public MemoryRenewal(UserMemories memories, double temperature) {
    this.memories = memories;
    this.inverseTemperature = (float) (1 / temperature);
  }

  @Override
  public void refine(Batch batch, Candidates c, int from, int to, Pass pass, Rng rng) {
    int first = c.at(from);
    int cells = c.at(to) - first;
    for (int r = from; r < to; r++) {
      rng.key(pass.seed(), Stream.MEMORIES, pass.step(), r);
      for (int e = c.at(r); e < c.at(r + 1); e++) {
        c.scratch[e] = ((rng.nextLong() >>> 41) + 0.5f) * 0x1p-23f; // neither 0 nor 1
      }
    }
    // g = -ln(-ln u)
    Kernels.log(c.scratch, first, c.scratch, first, cells);
    Kernels.scale(-1, c.scratch, first, cells);
    Kernels.log(c.scratch, first, c.scratch, first, cells);
    Kernels.scale(-1, c.scratch, first, cells);
    Kernels.axpy(inverseTemperature, c.score, first, c.scratch, first, cells);
    for (int r = from; r < to; r++) {
      keepLargest(c, r);
    }
  }

  /** Writes the candidates of the largest numbers, in descending order; ties keep the first. */
  private void keepLargest(Candidates c, int r) {
    int[] kept = memories.pending();
    int begin = memories.pendingAt(r);
    int end = begin;
    int most = begin + memories.size();
    // Places in the row first, then the items there.
    for (int i = 0; i < c.width; i++) {
      float value = c.scratch[c.at(r) + i];
      if (end == most && value <= c.scratch[c.at(r) + kept[end - 1]]) {
        continue;
      }
      int at = end == most ? end - 1 : end++;
      while (at > begin && c.scratch[c.at(r) + kept[at - 1]] < value) {
        kept[at] = kept[at - 1];
        at--;
      }
      kept[at] = i;
    }
    for (int k = begin; k < end; k++) {
      kept[k] = c.ids[c.idsAt(r) + kept[k]];
    }
  }
}
