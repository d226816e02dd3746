package dev.tamis.optim;

import dev.tamis.model.Table;

/**
 * A rule by which gradients move tables; {@link #attach} gives the part that holds the state of one
 * table.
 */
public interface Optimizer {
  /** The state of this rule for one table. */
  Updater attach(Table table);

  /** How many numbers of state it keeps for each parameter: for memory plans. */
  int stateOfParameter();
}
