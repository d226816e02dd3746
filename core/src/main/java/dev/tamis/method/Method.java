package dev.tamis.method;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
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

  /** All its options, in the order in which they are shown. */
  List<Option<?>> options();

  /**
   * Its options with the values given.
   *
   * @throws dev.tamis.config.TamisException of kind CONFIG if values do not go together
   */
  O read(Settings given);

  /** What training would hold in memory. */
  MemoryPlan plan(Interactions train, O options, Run run);

  /** Trains. The result is a function of data, options, seed and validation only. */
  TrainedModel fit(Interactions train, O options, Run run);
}
