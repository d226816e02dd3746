package dev.tamis.model;

import dev.tamis.data.feature.FeatureEncodings;
import dev.tamis.rank.Scorer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;

/**
 * A trained model: a scorer that can be written down as attributes and tables and made again from
 * them.
 */
public interface ServableModel extends Scorer {
  /**
   * The name under which the artifact knows how to make this model again, for example "factors".
   */
  String kind();

  /** What besides the tables is needed to make it again; plain texts. */
  SortedMap<String, String> attributes();

  /** The parameters, each under a name of its own. */
  List<Table> tables();

  /**
   * How many users it knows by their numbers: it can be asked for users 0 to this, exclusive. Empty
   * if it knows nobody by number, but by history alone.
   */
  OptionalInt userCount();

  /**
   * [items x width] a vector an item, by which items can be compared; empty if the model has none.
   */
  Optional<Table> itemVectors();

  /** How features become rows of its tables; none if it knows no features. */
  default FeatureEncodings encodings() {
    return FeatureEncodings.NONE;
  }

  /**
   * Whether the model weighs items against each other, so that what an item alone would be answered
   * with is what is most related to it.
   */
  default boolean relatesItems() {
    return false;
  }
}
