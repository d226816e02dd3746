package dev.tamis.method;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.data.feature.SideFeatures;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import java.util.List;

/**
 * A way to get a model from interactions, as published: it names its parts, its defaults and its
 * deviations.
 *
 * @param <O> its options
 */
public interface Method<O extends Record> {
  /** The name in kebab-case, for example "mult-vae". */
  String name();

  /** What it does, one sentence. */
  String summary();

  /** Where it was published. */
  String citation();

  /** Whether its models rank users that they were not trained on, by their history if need be. */
  boolean ranksUnseenUsers();

  /** Whether items and users may have features. */
  default boolean takesFeatures() {
    return false;
  }

  /** The same of models trained with these features and options. */
  default boolean ranksUnseenUsers(SideFeatures features, O options) {
    return ranksUnseenUsers();
  }

  /** All its options, in the order in which they are shown. */
  List<Option<?>> options();

  /**
   * Its options with the values given.
   *
   * @throws TamisException of kind CONFIG if a value is of an option that it has not, is not
   *     allowed, or does not go with another
   */
  default O read(Settings given) {
    given.requireOnly("method '" + name() + "'", options());
    return readKnown(given);
  }

  /** The same for values of its own options; called by {@link #read}. */
  O readKnown(Settings given);

  /** What training would hold in memory. */
  MemoryPlan plan(Interactions train, O options, Run run);

  /** The same with features. */
  default MemoryPlan plan(Interactions train, SideFeatures features, O options, Run run) {
    return plan(train, options, run);
  }

  /** Trains. The result is a function of data, options, seed and validation only. */
  TrainedModel fit(Interactions train, O options, Run run);

  /**
   * The same where items or users have features.
   *
   * @throws TamisException of kind CONFIG if there are some, and the method takes none; of kind
   *     USAGE if they are of other ids than the items or users of the training data
   */
  default TrainedModel fit(Interactions train, SideFeatures features, O options, Run run) {
    if (!features.isEmpty()) {
      requireFeatures();
    }
    return fit(train, options, run);
  }

  /**
   * Refuses to be given features where the method takes none.
   *
   * @throws TamisException of kind CONFIG if it takes none
   */
  default void requireFeatures() {
    if (!takesFeatures()) {
      throw TamisException.config(
          "method '"
              + name()
              + "' takes no features; leave them out, or train one that does, such as ssl-pop or"
              + " bir");
    }
  }
}
