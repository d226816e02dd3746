package dev.tamis.data.split;

import dev.tamis.data.Interactions;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;

/**
 * Of each user's items a random subset of {@code round(trainShare n)} is training data, the rest
 * test data; of the former {@code round(validationShare n')} are validation data. The split of the
 * FastVAE, AdaSIR, PRIS and XIR papers (0.8).
 *
 * @param trainShare between 0 and 1
 * @param validationShare from 0 to less than 1
 */
public record RandomSplit(double trainShare, double validationShare) implements Splitter {
  public RandomSplit {
    Shares.check(trainShare, validationShare);
  }

  @Override
  public String text() {
    return "random:" + Shares.text(trainShare, validationShare);
  }

  @Override
  public SplitData split(Interactions data, long seed) {
    Parts parts = new Parts(data);
    Rng rng = new Rng();
    int[] order = new int[0];
    for (int u = 0; u < data.userCount(); u++) {
      int from = data.rowStart()[u];
      int count = data.degree(u);
      order = order.length < count ? new int[Math.max(count, 2 * order.length)] : order;
      for (int j = 0; j < count; j++) {
        order[j] = from + j;
      }
      rng.key(seed, Stream.SPLIT, 0, u).shuffle(order, 0, count);
      int train = (int) Math.round(trainShare * count);
      int validation = (int) Math.round(validationShare * train);
      for (int j = train - validation; j < train; j++) {
        parts.part[order[j]] = Parts.VALIDATION;
      }
      for (int j = train; j < count; j++) {
        parts.part[order[j]] = Parts.TEST;
      }
    }
    return parts.cut();
  }
}
