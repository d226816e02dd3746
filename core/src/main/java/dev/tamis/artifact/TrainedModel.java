package dev.tamis.artifact;

import dev.tamis.data.IdMap;
import dev.tamis.data.Interactions;
import dev.tamis.data.Utf8;
import dev.tamis.model.ServableModel;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
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
 * @param titles [items] a title an item, parallel to the item ids, valid Unicode, an empty text
 *     where an item has none; or null if there are no titles
 * @param model the model itself, of as many items; where it knows users, of as many users
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
  /**
   * @throws IllegalArgumentException if ids, titles and model do not go together, or a title is
   *     null or not valid Unicode
   */
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
    wrongUsers(model, seen.userCount())
        .ifPresent(
            fault -> {
              throw new IllegalArgumentException(fault);
            });
    if (titles != null && titles.length != seen.itemCount()) {
      throw new IllegalArgumentException(
          titles.length + " titles for " + seen.itemCount() + " items");
    }
    for (int i = 0; titles != null && i < titles.length; i++) {
      requireWritable(i, titles[i]);
    }
  }

  private static void requireWritable(int number, String title) {
    if (title == null) {
      throw new IllegalArgumentException(
          "title number " + number + " is null; an item without a title has an empty one");
    }
    Utf8.fault(title)
        .ifPresent(
            fault -> {
              throw new IllegalArgumentException("title number " + number + " " + fault);
            });
  }

  /** What is wrong if a model knows another number of users than there are ids. */
  static Optional<String> wrongUsers(ServableModel model, int ids) {
    OptionalInt known = model.userCount();
    return known.isEmpty() || known.getAsInt() == ids
        ? Optional.empty()
        : Optional.of(
            "the model knows " + known.getAsInt() + " users, but there are " + ids + " user ids");
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

  /**
   * This model with titles for its items.
   *
   * @param itemTitles [items] as {@link #titles()}
   * @throws IllegalArgumentException if there are not as many as items, or one is null or not valid
   *     Unicode
   */
  public TrainedModel withTitles(String[] itemTitles) {
    return new TrainedModel(method, options, seed, epochs, seen, fingerprint, itemTitles, model);
  }
}
