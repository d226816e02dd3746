package dev.tamis.model.score;

import dev.tamis.config.TamisException;
import dev.tamis.model.TableShape;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * The widths of a network that scores a query and an item. Either of them is a row with two parts:
 * {@code gmf} numbers that are multiplied with those of the other side, and {@code mlp} numbers
 * that, with those of the other side, are the input of the hidden layers.
 *
 * @param gmf 0 for a network of hidden layers alone
 * @param mlp at least 1
 * @param hidden the widths of the hidden layers, at least one
 */
public record NeuralShape(int gmf, int mlp, List<Integer> hidden) {
  /** The name of the table of prediction weights. */
  public static final String PREDICTION = "prediction-weights";

  /** The most numbers that a part or a layer may have. */
  public static final int MOST = 65_536;

  public NeuralShape {
    hidden = List.copyOf(hidden);
    boolean allowed = gmf >= 0 && gmf <= MOST && mlp >= 1 && mlp <= MOST && !hidden.isEmpty();
    for (int width : hidden) {
      allowed &= width >= 1 && width <= MOST;
    }
    if (!allowed) {
      throw TamisException.config(
          "a network that scores pairs needs an input and hidden layers of 1 to "
              + MOST
              + " numbers, but has a multiplied part of "
              + gmf
              + ", an input of "
              + mlp
              + " a side and hidden layers "
              + hidden);
    }
  }

  /** The width of a query, and of an item. */
  public int rowWidth() {
    return gmf + mlp;
  }

  /** The width of the first hidden layer. */
  public int firstWidth() {
    return hidden.get(0);
  }

  /** The width of the last hidden layer. */
  public int lastWidth() {
    return hidden.get(hidden.size() - 1);
  }

  /** How many numbers the prediction is made of: products, and outputs of the last layer. */
  public int features() {
    return gmf + lastWidth();
  }

  /** The tables of a hidden layer. */
  public record Layer(TableShape weights, TableShape bias) {}

  /**
   * The hidden layers in order. The weights of the first have the rows of the query, then those of
   * the item.
   */
  public List<Layer> layers() {
    List<Layer> layers = new ArrayList<>();
    int inputs = 2 * mlp;
    for (int l = 0; l < hidden.size(); l++) {
      layers.add(
          new Layer(
              new TableShape("hidden-" + l + "-weights", inputs, hidden.get(l)),
              new TableShape("hidden-" + l + "-bias", 1, hidden.get(l))));
      inputs = hidden.get(l);
    }
    return layers;
  }

  /** The prediction weights. */
  public TableShape prediction() {
    return new TableShape(PREDICTION, 1, features());
  }

  /** All tables: weights and bias of each hidden layer in order, then the prediction weights. */
  public List<TableShape> tables() {
    List<TableShape> tables = new ArrayList<>();
    for (Layer layer : layers()) {
      tables.add(layer.weights());
      tables.add(layer.bias());
    }
    tables.add(prediction());
    return tables;
  }

  /** How many numbers the tables have together. */
  public long parameters() {
    long numbers = 0;
    for (TableShape table : tables()) {
      numbers += (long) table.rows() * table.width();
    }
    return numbers;
  }

  /** This shape as plain texts, by name. */
  public SortedMap<String, String> attributes() {
    StringJoiner widths = new StringJoiner(" ");
    for (int width : hidden) {
      widths.add(Integer.toString(width));
    }
    TreeMap<String, String> attributes = new TreeMap<>();
    attributes.put("gmf", Integer.toString(gmf));
    attributes.put("mlp", Integer.toString(mlp));
    attributes.put("hidden", widths.toString());
    return attributes;
  }

  /**
   * The shape that {@link #attributes} wrote.
   *
   * @throws TamisException of kind BAD_DATA if a text is missing or is none that it writes, of kind
   *     CONFIG if a width is out of range
   */
  public static NeuralShape of(SortedMap<String, String> attributes) {
    try {
      List<Integer> hidden = new ArrayList<>();
      for (String width : attributes.get("hidden").split(" ")) {
        hidden.add(Integer.valueOf(width));
      }
      return new NeuralShape(
          Integer.parseInt(attributes.get("gmf")), Integer.parseInt(attributes.get("mlp")), hidden);
    } catch (NumberFormatException | NullPointerException e) {
      throw TamisException.badData(
          "the attributes " + attributes + " do not describe a network that scores pairs");
    }
  }
}
