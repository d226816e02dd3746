package dev.tamis.data.split;

import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;

/** A way of parting data. What it does is a function of the data and the seed alone. */
public interface Splitter {
  /** How users write it, such as {@code random:0.8:0.1}; {@link Splitters#parse} reads it back. */
  String text();

  /**
   * Parts the data.
   *
   * @throws TamisException of kind BAD_DATA if the data do not have what this needs
   */
  SplitData split(Interactions data, long seed);
}
