package dev.tamis.train;

import dev.tamis.model.Batch;
import dev.tamis.model.Pass;
import java.util.List;

/** A training step: from a batch to moved parameters. */
public interface Step {
  /** Runs one step and returns the mean loss of its rows, regularisation left out. */
  double run(Batch batch, double rate, Pass pass);

  /** The tables with their updaters, in a fixed order. */
  List<TableUpdates> updates();
}
