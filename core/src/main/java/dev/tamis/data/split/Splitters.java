package dev.tamis.data.split;

import dev.tamis.config.Suggestion;
import dev.tamis.config.TamisException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The splitters there are, by the name that users write. */
public final class Splitters {
  private static final List<Entry> ALL =
      List.of(
          new Entry(
              "random",
              "random:TRAIN[:VALIDATION]",
              parts -> new RandomSplit(share(parts, 1), optionalShare(parts, 2, 0)),
              2,
              3),
          new Entry(
              "leave-one-out",
              "leave-one-out[:valid]",
              parts -> new LeaveOneOut(validated(parts)),
              1,
              2),
          new Entry(
              "temporal",
              "temporal:TRAIN[:VALIDATION]",
              parts -> new TemporalSplit(share(parts, 1), optionalShare(parts, 2, 0)),
              2,
              3),
          new Entry(
              "heldout-users",
              "heldout-users:N[:FOLDIN[:VALIDATION]]",
              parts ->
                  new HeldOutUsers(
                      users(parts, 1),
                      optionalShare(parts, 2, 0.8),
                      users(parts, parts.length > 3 ? 3 : 1)),
              2,
              4),
          new Entry(
              "cold-items",
              "cold-items:SHARE[:VALIDATION]",
              parts -> new ColdItems(share(parts, 1), optionalShare(parts, 2, 0)),
              2,
              3));

  private Splitters() {}

  private record Entry(
      String name, String form, Function<String[], Splitter> reader, int least, int most) {}

  /**
   * Reads a splitter such as {@code random:0.8:0.1}.
   *
   * @throws TamisException of kind USAGE if there is none of this name, or a value is not allowed
   */
  public static Splitter parse(String text) {
    String[] parts = text.split(":", -1);
    List<String> names = new ArrayList<>();
    for (Entry entry : ALL) {
      if (entry.name.equals(parts[0])) {
        if (parts.length < entry.least || parts.length > entry.most) {
          throw TamisException.usage("split '" + text + "' is not of the form " + entry.form);
        }
        return entry.reader.apply(parts);
      }
      names.add(entry.name);
    }
    throw TamisException.usage(
        "unknown split '"
            + parts[0]
            + "'"
            + Suggestion.clause(parts[0], names)
            + " (known: "
            + String.join(", ", ALL.stream().map(Entry::form).toList())
            + ")");
  }

  private static double optionalShare(String[] parts, int at, double otherwise) {
    return parts.length > at ? share(parts, at) : otherwise;
  }

  private static double share(String[] parts, int at) {
    if (!parts[at].matches("[0-9]*\\.?[0-9]+")) {
      throw wrong(parts, at, "a share such as 0.8");
    }
    return Double.parseDouble(parts[at]);
  }

  private static int users(String[] parts, int at) {
    if (!parts[at].matches("[0-9]{1,9}")) {
      throw wrong(parts, at, "a number of users such as 1000");
    }
    return Integer.parseInt(parts[at]);
  }

  private static boolean validated(String[] parts) {
    if (parts.length > 1 && !parts[1].equals("valid")) {
      throw wrong(parts, 1, "'valid', or nothing");
    }
    return parts.length > 1;
  }

  private static TamisException wrong(String[] parts, int at, String allowed) {
    return TamisException.usage(
        "split '" + String.join(":", parts) + "': '" + parts[at] + "' must be " + allowed);
  }
}
