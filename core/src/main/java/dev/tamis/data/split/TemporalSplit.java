package dev.tamis.data.split;

import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import java.util.Arrays;

/**
 * One moment for all users: what is before it is training data, what comes at it or after is test
 * data, so no model sees the future. Pairs of the same time stay together, so the share of training
 * data is at most the one asked for. Users who come after the moment have no training data.
 *
 * @param trainShare between 0 and 1
 * @param validationShare the latest share of the training data, from 0 to less than 1
 */
public record TemporalSplit(double trainShare, double validationShare) implements Splitter {
  public TemporalSplit {
    Shares.check(trainShare, validationShare);
  }

  @Override
  public String text() {
    return "temporal:" + Shares.text(trainShare, validationShare);
  }

  @Override
  public SplitData split(Interactions data, long seed) {
    long[] times =
        data.timestamps()
            .orElseThrow(
                () ->
                    TamisException.badData(
                        "a temporal split needs timestamps, and the data have none; name the"
                            + " timestamp column, or split at random"));
    long[] sorted = times.clone();
    Arrays.sort(sorted);
    int train = before(sorted, (int) Math.round(trainShare * sorted.length));
    int fit =
        validationShare == 0
            ? train
            : before(sorted, (int) Math.round((1 - validationShare) * train));
    if (fit == 0 || train == sorted.length) {
      throw TamisException.badData(
          "a temporal split leaves no "
              + (fit == 0 ? "training" : "test")
              + " data: too many pairs have the same time; choose another share, or split at"
              + " random");
    }
    Parts parts = new Parts(data);
    for (int e = 0; e < times.length; e++) {
      if (times[e] >= sorted[train]) {
        parts.part[e] = Parts.TEST;
      } else if (times[e] >= sorted[fit]) {
        parts.part[e] = Parts.VALIDATION;
      }
    }
    return parts.cut();
  }

  /** The first place at or before {@code cut} where a new time begins. */
  private static int before(long[] sorted, int cut) {
    int at = cut;
    while (at > 0 && at < sorted.length && sorted[at - 1] == sorted[at]) {
      at--;
    }
    return at;
  }
}
