package dev.tamis.artifact;

import dev.tamis.config.TamisException;
import dev.tamis.data.IdMap;
import dev.tamis.data.Interactions;
import dev.tamis.data.feature.ColumnEncoding;
import dev.tamis.data.feature.ColumnKind;
import dev.tamis.data.feature.FeatureColumn;
import dev.tamis.data.feature.FeatureEncoding;
import dev.tamis.data.feature.Features;
import dev.tamis.data.feature.SideFeatures;
import dev.tamis.model.TwoTowerModel;
import java.util.List;
import java.util.Optional;

/**
 * Users and items that come after training join a model by their features, without training again:
 * what the model has already stays as it is, to the bit.
 */
public final class Newcomers {
  private Newcomers() {}

  /**
   * The model with all users and items of whom there are features; those it has already are left
   * alone.
   *
   * @throws TamisException of kind USAGE if the model was trained without features, or a column is
   *     numeric that was not so in training, or the other way round
   */
  public static TrainedModel join(TrainedModel model, SideFeatures features) {
    if (!(model.model() instanceof TwoTowerModel towers)) {
      throw TamisException.usage(
          "method '"
              + model.method()
              + "' was trained without features, so nobody can join by theirs; train a method that"
              + " takes features, such as ssl-pop, with a file of them");
    }
    IdMap items = model.items();
    IdMap users = model.users();
    String[] titles = model.titles();
    if (features.items().isPresent()) {
      Features newcomers = others(features.items().get(), items);
      requireKinds("item", newcomers, towers.encodings().items());
      IdMap all = items.union(newcomers.ids());
      int[] source = source(all, items, newcomers.ids());
      towers = towers.withItems(newcomers).inOrderOfItems(source);
      titles = titles == null ? null : inOrder(titles, source);
      items = all;
    }
    if (features.users().isPresent()) {
      Features newcomers = others(features.users().get(), users);
      requireKinds("user", newcomers, towers.encodings().users());
      IdMap all = users.union(newcomers.ids());
      towers = towers.withUsers(newcomers).inOrderOfUsers(source(all, users, newcomers.ids()));
      users = all;
    }
    Interactions seen = model.seen().over(users, items);
    return new TrainedModel(
        model.method(),
        model.options(),
        model.seed(),
        model.epochs(),
        seen,
        model.fingerprint(),
        titles,
        towers);
  }

  private static void requireKinds(
      String side, Features features, Optional<FeatureEncoding> encoding) {
    for (ColumnEncoding column : encoding.map(FeatureEncoding::columns).orElse(List.of())) {
      for (FeatureColumn given : features.columns()) {
        boolean numeric = column.kind() == ColumnKind.NUMERIC;
        if (given.name().equals(column.name()) && (given.kind() == ColumnKind.NUMERIC) != numeric) {
          throw TamisException.usage(
              "column '"
                  + given.name()
                  + "' of the "
                  + side
                  + " features is "
                  + given.kind().word()
                  + ", but the model was trained with it as "
                  + column.kind().word()
                  + "; read it as "
                  + given.name()
                  + ":"
                  + column.kind().word());
        }
      }
    }
  }

  /** The features of those who are not known. */
  private static Features others(Features features, IdMap known) {
    boolean[] isNew = new boolean[features.ids().size()];
    for (int i = 0; i < isNew.length; i++) {
      isNew[i] = known.index(features.ids().id(i)) < 0;
    }
    return features.of(features.ids().subset(isNew));
  }

  /** [all] which row each is, where newcomers follow those that are known. */
  private static int[] source(IdMap all, IdMap known, IdMap newcomers) {
    int[] source = new int[all.size()];
    for (int i = 0; i < source.length; i++) {
      String id = all.id(i);
      int number = known.index(id);
      source[i] = number >= 0 ? number : known.size() + newcomers.index(id);
    }
    return source;
  }

  private static String[] inOrder(String[] titles, int[] source) {
    String[] ordered = new String[source.length];
    for (int i = 0; i < ordered.length; i++) {
      ordered[i] = source[i] < titles.length ? titles[source[i]] : "";
    }
    return ordered;
  }
}
