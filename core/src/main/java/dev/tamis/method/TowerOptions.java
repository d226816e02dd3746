package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import java.util.List;
import java.util.stream.Stream;

/**
 * How vectors of items and users are made where they have features, or are more than rows of a
 * table (see {@link dev.tamis.model.tower.FeatureTower}). Defaults are our own: XIR (Chen et al.
 * 2022, section 5.1) says only that items of a data set with features had two layers of 32 and 16
 * over embedded features.
 *
 * @param minValueCount how many items (or users) of training must have a value for it to have a
 *     vector
 */
public record TowerOptions(
    boolean itemIds,
    boolean userIds,
    List<Integer> itemLayers,
    List<Integer> userLayers,
    boolean normalize,
    double temperature,
    int minValueCount) {
  public static final Option<Boolean> ITEM_IDS =
      Option.flag(
          "item-ids",
          true,
          "whether an item of training has a vector of its own beside those of its features");
  public static final Option<Boolean> USER_IDS =
      Option.flag(
          "user-ids",
          true,
          "whether a user of training has a vector of their own beside those of their features");
  public static final Option<List<Integer>> ITEM_LAYERS =
      Option.widths(
          "item-layers",
          List.of(),
          4096,
          "widths of hidden layers over the sum of an item's vectors; a last layer of dim follows");
  public static final Option<List<Integer>> USER_LAYERS =
      Option.widths("user-layers", List.of(), 4096, "the same over the sum of a user's vectors");
  public static final Option<Boolean> NORMALIZE =
      Option.flag(
          "normalize",
          false,
          "whether vectors are brought to length 1, so that scores are cosines");
  public static final Option<Double> TEMPERATURE =
      Option.real("temperature", 1, 1e-3, 1e3, "what scores are divided by");
  public static final Option<Integer> MIN_VALUE_COUNT =
      Option.whole(
          "min-value-count",
          2,
          1,
          1_000_000_000,
          "how many items, or users, must have a value of a feature for it to have a vector; those"
              + " with fewer share one, as unknown values do");

  static final List<Option<?>> ALL =
      List.of(
          ITEM_IDS, USER_IDS, ITEM_LAYERS, USER_LAYERS, NORMALIZE, TEMPERATURE, MIN_VALUE_COUNT);

  /**
   * @throws dev.tamis.config.TamisException of kind CONFIG if a number is out of the range of its
   *     option
   */
  public TowerOptions {
    itemLayers = ITEM_LAYERS.check(List.copyOf(itemLayers));
    userLayers = USER_LAYERS.check(List.copyOf(userLayers));
    TEMPERATURE.check(temperature);
    MIN_VALUE_COUNT.check(minValueCount);
  }

  static TowerOptions read(Settings given) {
    return new TowerOptions(
        given.get(ITEM_IDS),
        given.get(USER_IDS),
        given.get(ITEM_LAYERS),
        given.get(USER_LAYERS),
        given.get(NORMALIZE),
        given.get(TEMPERATURE),
        given.get(MIN_VALUE_COUNT));
  }

  /** Options of a method, and these. */
  static List<Option<?>> after(List<Option<?>> options) {
    return Stream.<Option<?>>concat(options.stream(), ALL.stream()).toList();
  }

  /** These options beside others. */
  Settings into(Settings others) {
    return others
        .with(ITEM_IDS, itemIds)
        .with(USER_IDS, userIds)
        .with(ITEM_LAYERS, itemLayers)
        .with(USER_LAYERS, userLayers)
        .with(NORMALIZE, normalize)
        .with(TEMPERATURE, temperature)
        .with(MIN_VALUE_COUNT, minValueCount);
  }

  /** Whether vectors without features are rows of a table and no more. */
  boolean arePlain() {
    return itemLayers.isEmpty()
        && userLayers.isEmpty()
        && !normalize
        && temperature == 1
        && itemIds
        && userIds;
  }
}
