package dev.tamis.cli;

import dev.tamis.model.EncoderModel;
import dev.tamis.model.FactorModel;
import dev.tamis.model.Initial;
import dev.tamis.model.ServableModel;
import dev.tamis.model.Table;
import java.util.HashMap;
import java.util.Map;

/**
 * A model as it might have been before training: tables of the same shapes, vectors and weights
 * drawn normal after Glorot, biases 0. Methods that start otherwise started otherwise.
 */
final class Untrained {
  private Untrained() {}

  /** Of a model of factors, or of an encoder of histories; the tables are new. */
  static ServableModel of(ServableModel trained, long seed) {
    Map<String, Table> tables = new HashMap<>();
    for (Table table : trained.tables()) {
      Table empty = new Table(table.name(), table.rows(), table.width());
      boolean bias = table.name().endsWith("bias");
      tables.put(table.name(), bias ? empty : Initial.glorotNormal(empty, seed));
    }
    return trained instanceof EncoderModel
        ? EncoderModel.restore(trained.attributes(), tables)
        : FactorModel.restore(trained.attributes(), tables);
  }
}
