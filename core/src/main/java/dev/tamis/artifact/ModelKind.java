package dev.tamis.artifact;

import dev.tamis.config.TamisException;
import dev.tamis.data.feature.FeatureEncodings;
import dev.tamis.model.ServableModel;
import dev.tamis.model.Table;
import java.util.Map;
import java.util.SortedMap;

/**
 * A kind of model that an artifact can hold.
 *
 * @param name as {@link ServableModel#kind()} gives it
 * @param restore makes the model again
 */
public record ModelKind(String name, Restore restore) {
  /** Makes a model again from what {@link ServableModel} says of itself. */
  @FunctionalInterface
  public interface Restore {
    /**
     * @throws TamisException of kind BAD_DATA if something is missing, unknown or of a wrong shape
     */
    ServableModel restore(
        SortedMap<String, String> attributes,
        Map<String, Table> tables,
        FeatureEncodings encodings);
  }

  /** The same of models without features. */
  @FunctionalInterface
  public interface RestoreTables {
    ServableModel restore(SortedMap<String, String> attributes, Map<String, Table> tables);
  }

  /** A kind without features. */
  static ModelKind ofTables(String name, RestoreTables restore) {
    return new ModelKind(
        name,
        (attributes, tables, encodings) -> {
          if (!encodings.isEmpty()) {
            throw TamisException.badData(
                "a model of kind '" + name + "' has no features, but there are some");
          }
          return restore.restore(attributes, tables);
        });
  }
}
