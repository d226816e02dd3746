package dev.tamis.model.score;

import dev.tamis.model.ItemTable;
import dev.tamis.model.Table;
import java.util.List;

/**
 * {@code s(q, i)} by a network, NeuMF or MLP (see {@link NeuralLayers}). Cost of a score each way:
 * the multiply-adds of the hidden layers, of the first one half for an item and half for a query.
 *
 * <p>There is no constant in it: a loss that needs one adds it ({@link BiasedScore}).
 */
public final class NeuralScore implements ScoreFunction {
  private final ItemTable items;
  private final NeuralLayers layers;

  /** Items have rows of the shape's width, and no bias. */
  public NeuralScore(ItemTable items, NeuralLayers layers) {
    if (items.width() != layers.shape().rowWidth() || items.bias().isPresent()) {
      throw new IllegalArgumentException(
          "the network scores items of width "
              + layers.shape().rowWidth()
              + " without bias, but these have width "
              + items.width()
              + (items.bias().isPresent() ? " and a bias" : ""));
    }
    this.items = items;
    this.layers = layers;
  }

  @Override
  public ItemTable items() {
    return items;
  }

  @Override
  public List<Table> parameters() {
    return layers.tables();
  }

  @Override
  public Scoring newScoring(int maxRows, int width) {
    return new NeuralScoring(items.vectors(), layers, maxRows, width);
  }
}
