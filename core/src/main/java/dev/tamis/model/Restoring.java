package dev.tamis.model;

import dev.tamis.config.Suggestion;
import dev.tamis.config.TamisException;
import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;

/** Checks shared by the models when they are made again from attributes and tables. */
final class Restoring {
  private Restoring() {}

  /** A model of a kind, as one says it. */
  static String model(String kind) {
    return "a model of kind '" + kind + "'";
  }

  /** The table of a name, or an exception that names what is missing. */
  static Table table(String kind, Map<String, Table> tables, String name) {
    return TableShape.named(name, model(kind), tables);
  }

  /** Refuses names that the kind does not know: ignoring them would mean another model. */
  static void refuseUnknown(
      String kind, Collection<String> given, Collection<String> known, String what) {
    for (String name : new TreeSet<>(given)) {
      if (!known.contains(name)) {
        throw TamisException.badData(
            model(kind) + " has no " + what + " '" + name + "'" + Suggestion.clause(name, known));
      }
    }
  }
}
