package dev.tamis.eval;

import dev.tamis.config.Suggestion;
import dev.tamis.config.TamisException;
import java.util.List;

/**
 * A metric with its cut-off, written {@code ndcg@50}.
 *
 * @param name a name of {@link Metrics}
 * @param k the cut-off, 1 to {@link #MOST}; 0 for a metric without
 */
public record MetricId(String name, int k) {
  /** The longest cut-off. */
  public static final int MOST = 100_000;

  /**
   * @throws TamisException of kind CONFIG if there is no such metric, or the cut-off is missing,
   *     out of range or out of place
   */
  public MetricId {
    List<String> known = Metrics.names();
    if (!known.contains(name)) {
      throw TamisException.config("unknown metric '" + name + "'" + Suggestion.among(name, known));
    }
    if (!Metrics.hasCutOff(name)) {
      if (k != 0) {
        throw TamisException.config(
            "metric '" + name + "' looks at the whole catalogue and has no cut-off; write " + name);
      }
    } else if (k < 1 || k > MOST) {
      throw TamisException.config(
          "metric '"
              + name
              + "' needs a cut-off from 1 to "
              + MOST
              + ", for example "
              + name
              + "@50");
    }
  }

  /**
   * The metric of a text such as {@code ndcg@50} or {@code auc}.
   *
   * @throws TamisException of kind CONFIG if it is none; the message says what is known
   */
  public static MetricId parse(String text) {
    int at = text.indexOf('@');
    String name = at < 0 ? text : text.substring(0, at);
    int k = 0;
    if (at >= 0) {
      String digits = text.substring(at + 1);
      if (!digits.matches("[1-9][0-9]{0,8}")) {
        throw TamisException.config(
            "metric '"
                + text
                + "' has the cut-off '"
                + digits
                + "'; it must be a whole number of at least 1, as in ndcg@50");
      }
      k = Integer.parseInt(digits);
    }
    return new MetricId(name, k);
  }

  @Override
  public String toString() {
    return k == 0 ? name : name + "@" + k;
  }
}
