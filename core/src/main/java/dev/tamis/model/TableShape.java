package dev.tamis.model;

import dev.tamis.config.TamisException;
import java.util.Map;
import java.util.TreeSet;

/** Name and shape of a table: what it will be, or must be. */
public record TableShape(String name, int rows, int width) {
  private static final String REMEDY =
      "; copy the model again from where it was made, or train it again";

  /** Such a table, all zero. */
  public Table zeros() {
    return new Table(name, rows, width);
  }

  /**
   * The table of this name among others.
   *
   * @param owner who needs it, for example "a tower"
   * @throws TamisException of kind BAD_DATA if there is none, or it has another shape
   */
  public Table among(String owner, Map<String, Table> tables) {
    Table table = tables.get(name);
    if (table == null) {
      throw missing(owner, "'" + name + "' of " + rows + " x " + width, tables);
    }
    return of(owner, table);
  }

  /**
   * The table of a name among others, whatever its shape.
   *
   * @param owner who needs it, for example "a tower"
   * @throws TamisException of kind BAD_DATA if there is none
   */
  public static Table named(String name, String owner, Map<String, Table> tables) {
    Table table = tables.get(name);
    if (table == null) {
      throw missing(owner, "'" + name + "'", tables);
    }
    return table;
  }

  /**
   * A table under this name.
   *
   * @param owner who needs it, for example "a tower"
   * @throws TamisException of kind BAD_DATA if it has another shape
   */
  public Table of(String owner, Table table) {
    if (table.rows() != rows || table.width() != width) {
      throw TamisException.badData(
          owner
              + " needs a table '"
              + name
              + "' of "
              + rows
              + " x "
              + width
              + ", but has one of "
              + table.rows()
              + " x "
              + table.width()
              + REMEDY);
    }
    return table.name().equals(name) ? table : new Table(name, rows, width, table.values());
  }

  private static TamisException missing(String owner, String wanted, Map<String, Table> tables) {
    return TamisException.badData(
        owner
            + " needs a table "
            + wanted
            + ", but there is none (there are: "
            + String.join(", ", new TreeSet<>(tables.keySet()))
            + ")"
            + REMEDY);
  }
}
