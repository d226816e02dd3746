package dev.tamis.train;

import dev.tamis.model.Table;
import dev.tamis.optim.Updater;

/**
 * A table that is trained, with the optimizer at work on it: what a checkpoint keeps of it.
 *
 * @param table the parameters
 * @param updater their optimizer
 */
public record TableUpdates(Table table, Updater updater) {}
