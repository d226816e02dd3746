package dev.tamis.model;

import dev.tamis.config.Suggestion;
import dev.tamis.config.TamisException;
import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;

/** Checks shared by the models when they are made again from attributes and tables. */
final class Restoring {
  private Restoring() {}

  /** The table of a name, or an exception that names what is missing. */
  static Table table(String kind, Map<String, Table> tables, String name) {
    Table table = tables.get(name);
    if (table == null) {
      throw TamisException.badData(
          "a model of kind '"
              + kind
              + "' needs a table '"
              + name
              + "', but there is none (there are: "
              + String.join(", ", new TreeSet<>(tables.keySet()))
              + ")");
    }
    return table;
  }

  /** Refuses names that the kind does not know: ignoring them would mean another model. */
  static void refuseUnknown(
      String kind, Collection<String> given, Collection<String> known, String what) {
    for (String name : new TreeSet<>(given)) {
      if (!known.contains(name)) {
        throw TamisException.badData(
            "a model of kind '"
                + kind
                + "' has no "
                + what
                + " '"
                + name
                + "'"
                + Suggestion.clause(name, known));
      }
    }
  }
}
