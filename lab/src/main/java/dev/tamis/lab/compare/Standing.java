package dev.tamis.lab.compare;

import java.util.List;
import java.util.SortedMap;

/**
 * How a contender did.
 *
 * @param contender who
 * @param metrics every metric that was measured, by its name
 * @param byActivity the deciding metric by how many items are known of a user, the fewest first
 * @param byPopularity recall by how many users an item to be found has, the rarest first
 */
public record Standing(
    Contender contender,
    SortedMap<String, Estimate> metrics,
    List<SliceEstimate> byActivity,
    List<SliceEstimate> byPopularity) {
  public String name() {
    return contender.name();
  }

  /** The mean over seeds of the seconds of training. */
  public double trainSeconds() {
    return contender.trials().stream()
        .mapToDouble(t -> t.cost().trainSeconds())
        .average()
        .orElse(0);
  }

  /** The mean over seeds of the seconds of measuring. */
  public double evaluateSeconds() {
    return contender.trials().stream()
        .mapToDouble(t -> t.cost().evaluateSeconds())
        .average()
        .orElse(0);
  }

  /** The most memory that one of its trials was planned to take. */
  public long plannedBytes() {
    return contender.trials().stream().mapToLong(t -> t.cost().plannedBytes()).max().orElse(0);
  }

  /** The bytes of a model's parameters. */
  public long modelBytes() {
    return contender.trials().get(0).result().modelBytes();
  }
}
