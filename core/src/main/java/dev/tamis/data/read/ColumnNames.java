package dev.tamis.data.read;

import dev.tamis.config.TamisException;
import java.util.List;
import java.util.function.UnaryOperator;

/** Names of columns by which one is chosen: it must be the only one of its name. */
final class ColumnNames {
  private ColumnNames() {}

  /**
   * Refuses a choice by a name that two columns have: to read one of them in silence would be a
   * guess.
   *
   * @param source the file, for the message
   * @param things what has the names: columns or fields
   * @param at which of them was found
   * @param read what of a name is compared
   * @param otherwise what can be done but rename one, with how it begins; may be empty
   * @throws TamisException of kind BAD_DATA if another is read the same
   */
  static void requireOne(
      String source,
      String things,
      List<String> names,
      int at,
      UnaryOperator<String> read,
      String otherwise) {
    String name = names.get(at);
    for (int other = 0; other < names.size(); other++) {
      if (other != at && read.apply(names.get(other)).equals(read.apply(name))) {
        String first = names.get(Math.min(at, other));
        String second = names.get(Math.max(at, other));
        throw TamisException.badData(
            source
                + ":1: two "
                + things
                + " are named "
                + FieldText.shown(first)
                + (first.equals(second) ? "" : " and " + FieldText.shown(second))
                + "; rename one"
                + otherwise);
      }
    }
  }
}
