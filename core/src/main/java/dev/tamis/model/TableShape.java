package dev.tamis.model;

import dev.tamis.config.TamisException;
import java.util.Map;

/** Name and shape of a table: what it will be, or must be. */
public record TableShape(String name, int rows, int width) {
  /** Such a table, all zero. */
  public Table zeros() {
    return new Table(name, rows, width);
  }

  /**
   * The table of this name among others.
   *
   * @throws TamisException of kind BAD_DATA if there is none, or it has another shape
   */
  public Table among(Map<String, Table> tables) {
    Table table = tables.get(name);
    if (table == null) {
      throw TamisException.badData("there is no table '" + name + "' of " + rows + " x " + width);
    }
    return of(table);
  }

  /**
   * A table under this name.
   *
   * @throws TamisException of kind BAD_DATA if it has another shape
   */
  public Table of(Table table) {
    if (table.rows() != rows || table.width() != width) {
      throw TamisException.badData(
          "table '"
              + name
              + "' must be "
              + rows
              + " x "
              + width
              + ", but is "
              + table.rows()
              + " x "
              + table.width());
    }
    return table.name().equals(name) ? table : new Table(name, rows, width, table.values());
  }
}
