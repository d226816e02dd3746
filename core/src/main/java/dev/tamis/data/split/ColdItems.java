package dev.tamis.data.split;

import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import java.util.Arrays;

/**
 * Item cold start: random items are withheld from training altogether, and all their interactions
 * are test data. They stay in the catalogue, so that a model that knows features of items can rank
 * them.
 *
 * @param share of the items that are withheld for test, above 0 and below 1, rounded, one at least
 * @param validation share of the other items that are withheld for validation, 0 for none
 */
public record ColdItems(double share, double validation) implements Splitter {
  public ColdItems {
    if (!(share > 0 && share < 1)) {
      throw TamisException.usage(
          "the share of cold items is " + share + "; it must be above 0 and below 1, such as 0.1");
    }
    if (!(validation >= 0 && validation < 1)) {
      throw TamisException.usage(
          "the share of cold items for validation is "
              + validation
              + "; it must be from 0 to less than 1 (of the other items), such as 0.1");
    }
  }

  @Override
  public String text() {
    return "cold-items:" + Shares.text(share, validation);
  }

  @Override
  public SplitData split(Interactions data, long seed) {
    int items = data.itemCount();
    int tested = rounded(share, items);
    int validated = validation == 0 ? 0 : rounded(validation, items - tested);
    if (tested + validated >= items) {
      throw TamisException.badData(
          "withholding "
              + tested
              + " items for test and "
              + validated
              + " for validation leaves none of "
              + items
              + " for training; give smaller shares");
    }
    int[] order = new int[items];
    Arrays.setAll(order, i -> i);
    Rng.keyed(seed, Stream.SPLIT, 3, 0).shuffle(order, 0, items);
    byte[] partOf = new byte[items];
    Arrays.fill(partOf, Parts.TRAIN);
    for (int k = 0; k < tested + validated; k++) {
      partOf[order[k]] = k < tested ? Parts.TEST : Parts.VALIDATION;
    }
    Parts parts = new Parts(data);
    for (int e = 0; e < data.size(); e++) {
      parts.part[e] = partOf[data.itemIds()[e]];
    }
    return parts.cut();
  }

  private static int rounded(double share, int of) {
    return Math.max(1, (int) Math.floor(share * of + 0.5));
  }
}
