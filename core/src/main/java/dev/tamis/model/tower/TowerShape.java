package dev.tamis.model.tower;

import dev.tamis.config.Spelling;
import dev.tamis.config.TamisException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * The widths of a tower that encodes histories, and what its layers end in; the layer that gives
 * the Gaussian code ends in nothing. The output of the last layer is the query. The first layer may
 * have a node of its own for each trained user, whose weights are added to it (Wu et al. 2016,
 * CDAE).
 *
 * @param items how many items a history is drawn from
 * @param encoder the widths of the layers up to the code; the first reads the history
 * @param latent the width of the Gaussian code, or 0 for a tower without one
 * @param decoder the widths of the layers after the code, up to the query
 * @param scaled whether a history is scaled to length 1, or its items count 1 each
 * @param users how many users have a node of their own; 0 for none
 * @param activation of every layer that is not the last of the decoder
 * @param queryActivation of the last layer of the decoder
 */
public record TowerShape(
    int items,
    List<Integer> encoder,
    int latent,
    List<Integer> decoder,
    boolean scaled,
    int users,
    Activation activation,
    Activation queryActivation) {
  /** Histories scaled to length 1, no nodes of users, and tanh everywhere, as Mult-VAE has it. */
  public TowerShape(int items, List<Integer> encoder, int latent, List<Integer> decoder) {
    this(items, encoder, latent, decoder, true, 0);
  }

  /** With tanh everywhere. */
  public TowerShape(
      int items,
      List<Integer> encoder,
      int latent,
      List<Integer> decoder,
      boolean scaled,
      int users) {
    this(items, encoder, latent, decoder, scaled, users, Activation.TANH, Activation.TANH);
  }

  public TowerShape {
    encoder = List.copyOf(encoder);
    decoder = List.copyOf(decoder);
    boolean positive = true;
    for (int width : encoder) {
      positive &= width > 0;
    }
    for (int width : decoder) {
      positive &= width > 0;
    }
    if (items < 1 || latent < 0 || users < 0 || !positive || encoder.isEmpty() && latent == 0) {
      throw TamisException.config(
          "a tower needs items, a layer or a code, and widths above 0, but has items "
              + items
              + ", encoder "
              + encoder
              + ", latent "
              + latent
              + ", decoder "
              + decoder);
    }
  }

  /** This shape with a node for each of so many users. */
  public TowerShape withUsers(int number) {
    return new TowerShape(
        items, encoder, latent, decoder, scaled, number, activation, queryActivation);
  }

  /** The width of the first layer, which reads the history. */
  public int inputWidth() {
    return encoder.isEmpty() ? 2 * latent : encoder.get(0);
  }

  /** The width of the query. */
  public int queryWidth() {
    if (!decoder.isEmpty()) {
      return decoder.get(decoder.size() - 1);
    }
    return latent > 0 ? latent : encoder.get(encoder.size() - 1);
  }

  /** How many numbers weights and biases have together. */
  public long parameters() {
    long parameters = (long) users * inputWidth();
    long inputs = items;
    for (int width : encoder) {
      parameters += (inputs + 1) * width;
      inputs = width;
    }
    if (latent > 0) {
      parameters += (inputs + 1) * 2 * latent;
      inputs = latent;
    }
    for (int width : decoder) {
      parameters += (inputs + 1) * width;
      inputs = width;
    }
    return parameters;
  }

  /** How many numbers a history becomes on its way, those of a code in training counted too. */
  public long outputs() {
    long outputs = 4L * latent;
    for (int width : encoder) {
      outputs += width;
    }
    for (int width : decoder) {
      outputs += width;
    }
    return outputs;
  }

  /** This shape as plain texts, by name. */
  public SortedMap<String, String> attributes() {
    TreeMap<String, String> attributes = new TreeMap<>();
    attributes.put("items", Integer.toString(items));
    attributes.put("encoder", text(encoder));
    attributes.put("latent", Integer.toString(latent));
    attributes.put("decoder", text(decoder));
    if (!scaled) {
      attributes.put("scaled", "false");
    }
    if (users > 0) {
      attributes.put("users", Integer.toString(users));
    }
    if (activation != Activation.TANH || queryActivation != Activation.TANH) {
      attributes.put("activation", Spelling.of(activation));
      attributes.put("query-activation", Spelling.of(queryActivation));
    }
    return attributes;
  }

  /**
   * The shape that {@link #attributes} wrote.
   *
   * @throws TamisException of kind BAD_DATA if a text is missing or is none that it writes
   */
  public static TowerShape of(SortedMap<String, String> attributes) {
    try {
      return new TowerShape(
          Integer.parseInt(attributes.get("items")),
          widths(attributes.get("encoder")),
          Integer.parseInt(attributes.get("latent")),
          widths(attributes.get("decoder")),
          scaled(attributes.getOrDefault("scaled", "true")),
          Integer.parseInt(attributes.getOrDefault("users", "0")),
          activation(attributes.getOrDefault("activation", "tanh")),
          activation(attributes.getOrDefault("query-activation", "tanh")));
    } catch (IllegalArgumentException | NullPointerException e) {
      throw TamisException.badData("the attributes " + attributes + " do not describe a tower");
    }
  }

  private static Activation activation(String text) {
    for (Activation activation : Activation.values()) {
      if (Spelling.of(activation).equals(text)) {
        return activation;
      }
    }
    throw new IllegalArgumentException(text);
  }

  private static boolean scaled(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException(text);
    }
    return text.equals("true");
  }

  private static String text(List<Integer> widths) {
    StringJoiner text = new StringJoiner(" ");
    for (int width : widths) {
      text.add(Integer.toString(width));
    }
    return text.toString();
  }

  private static List<Integer> widths(String text) {
    List<Integer> widths = new ArrayList<>();
    if (!text.isEmpty()) {
      for (String width : text.split(" ")) {
        widths.add(Integer.valueOf(width));
      }
    }
    return widths;
  }
}
