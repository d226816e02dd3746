package dev.tamis.model.tower;

import dev.tamis.model.TableShape;
import java.util.ArrayList;
import java.util.List;

/**
 * What a tower over features is made of.
 *
 * @param side whose it is, the beginning of its tables' names: "item" or "user"
 * @param width of the vectors, of which there is one for each value, and of what comes out
 * @param hidden widths of the hidden layers, maybe none
 * @param normalised whether what comes out has length 1 (before it is scaled)
 * @param scale what comes out is multiplied with
 */
public record FeatureTowerShape(
    String side, int width, List<Integer> hidden, boolean normalised, float scale) {
  public FeatureTowerShape {
    hidden = List.copyOf(hidden);
  }

  /** The name of the table of vectors. */
  public String vectors() {
    return side + "-features";
  }

  /** The table of vectors. */
  public TableShape vectors(int rows) {
    return new TableShape(vectors(), rows, width);
  }

  /** Weights and bias of each layer in turn: the hidden ones, then one of {@code width}. */
  public List<TableShape> layers() {
    List<TableShape> tables = new ArrayList<>();
    int inputs = width;
    for (int layer = 1; layer <= hidden.size() + 1 && !hidden.isEmpty(); layer++) {
      int outputs = layer <= hidden.size() ? hidden.get(layer - 1) : width;
      tables.add(new TableShape(side + "-layer-" + layer + "-weights", inputs, outputs));
      tables.add(new TableShape(side + "-layer-" + layer + "-bias", 1, outputs));
      inputs = outputs;
    }
    return tables;
  }

  /** How many numbers the layers have. */
  public int layerNumbers() {
    int numbers = 0;
    for (TableShape table : layers()) {
      numbers += table.rows() * table.width();
    }
    return numbers;
  }
}
