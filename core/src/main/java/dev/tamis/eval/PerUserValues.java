package dev.tamis.eval;

import dev.tamis.config.Suggestion;
import dev.tamis.config.TamisException;
import dev.tamis.data.IdMap;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** The value of each metric for each user that was measured. */
public final class PerUserValues {
  private final int[] users; // [users] dense numbers in the held-out data, ascending
  private final List<String> metrics;
  private final double[][] values; // [metrics][users]

  PerUserValues(int[] users, List<String> metrics, double[][] values) {
    this.users = users;
    this.metrics = metrics;
    this.values = values;
  }

  /**
   * Values that were kept from an earlier measurement; takes over the arrays.
   *
   * @param users [users] dense numbers in the held-out data, ascending
   * @param metrics their names
   * @param values [metrics][users]
   * @throws IllegalArgumentException if the arrays do not fit each other
   */
  public static PerUserValues of(int[] users, List<String> metrics, double[][] values) {
    boolean fit = metrics.size() == values.length;
    for (double[] column : values) {
      fit &= column.length == users.length;
    }
    if (!fit) {
      throw new IllegalArgumentException(
          "values that do not fit " + metrics.size() + " metrics of " + users.length + " users");
    }
    return new PerUserValues(users, List.copyOf(metrics), values);
  }

  /** The dense numbers, in the held-out data, of the users measured. Do not write to it. */
  public int[] users() {
    return users;
  }

  /** The metrics that have values a user, in the order in which they were asked for. */
  public List<String> metrics() {
    return metrics;
  }

  /**
   * The values of a metric, parallel to {@link #users()}. Do not write to it.
   *
   * @throws TamisException of kind USAGE if the metric has no values a user
   */
  public double[] of(String metric) {
    int c = metrics.indexOf(metric);
    if (c < 0) {
      throw TamisException.usage(
          "there are no values per user of '"
              + metric
              + "'"
              + Suggestion.clause(metric, metrics)
              + " (there are: "
              + String.join(", ", metrics)
              + ")");
    }
    return values[c];
  }

  /**
   * Writes tab-separated lines: {@code user} and the metrics as header, then a line a user with the
   * id as its owner writes it. Numbers are written so that they read back as the same bits.
   */
  public void writeTo(Appendable out, IdMap ids) throws IOException {
    out.append("user");
    for (String metric : metrics) {
      out.append('\t').append(metric);
    }
    out.append('\n');
    for (int u = 0; u < users.length; u++) {
      out.append(ids.id(users[u]));
      for (double[] column : values) {
        out.append('\t').append(decimal(column[u]));
      }
      out.append('\n');
    }
  }

  /**
   * The shortest of 15 to 17 digits that reads back the same; {@code Double.toString} differs
   * between JDKs.
   */
  private static String decimal(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 15; digits < 17; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits));
      if (rounded.doubleValue() == value) {
        return rounded.toString();
      }
    }
    return exact.round(new MathContext(17)).toString();
  }
}
