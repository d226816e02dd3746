package dev.tamis.artifact;

import dev.tamis.data.IdMap;
import dev.tamis.data.Interactions;
import dev.tamis.model.ServableModel;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A trained model with all that is needed to use it: the ids of the users and items, what each user
 * already has, and how it was made.
 *
 * @param method the method's name, for example "bpr"
 * @param options every option of the method with its value, as text
 * @param seed the seed it was trained with
 * @param epochs how many epochs the kept parameters were trained for; 0 for methods without epochs
 * @param seen what each user already has: the training interactions; also holds the ids of users
 *     and items
 * @param fingerprint the fingerprint of the training interactions, ratings and timestamps included
 * @param titles [items] a title an item, parallel to the item ids, an empty text where an item has
 *     none; or null if there are no titles
 * @param model the model itself
 */
public record TrainedModel(
    String method,
    SortedMap<String, String> options,
    long seed,
    int epochs,
    Interactions seen,
    String fingerprint,
    String[] titles,
    ServableModel model) {
  public TrainedModel {
    Objects.requireNonNull(method);
    Objects.requireNonNull(options);
    Objects.requireNonNull(seen);
    Objects.requireNonNull(fingerprint);
    Objects.requireNonNull(model);
    if (model.itemCount() != seen.itemCount()) {
      throw new IllegalArgumentException(
          "the model scores "
              + model.itemCount()
              + " items, but there are "
              + seen.itemCount()
              + " item ids");
    }
    if (titles != null && titles.length != seen.itemCount()) {
      throw new IllegalArgumentException(
          titles.length + " titles for " + seen.itemCount() + " items");
    }
  }

  /** A model fresh from training on all of {@code train}, without titles. */
  public static TrainedModel of(
      String method,
      SortedMap<String, String> options,
      long seed,
      int epochs,
      Interactions train,
      ServableModel model) {
    return new TrainedModel(method, options, seed, epochs, train, train.fingerprint(), null, model);
  }

  public IdMap users() {
    return seen.users();
  }

  public IdMap items() {
    return seen.items();
  }

  /** The title of an item, if it has one. */
  public Optional<String> title(int item) {
    return titles == null || titles[item].isEmpty() ? Optional.empty() : Optional.of(titles[item]);
  }

  /** This model with titles for its items. */
  public TrainedModel withTitles(String[] itemTitles) {
    return new TrainedModel(method, options, seed, epochs, seen, fingerprint, itemTitles, model);
  }
}
