package dev.tamis.method;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.objective.Objective;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;

/**
 * A method that trains a variational autoencoder of histories: it names its likelihood, and the
 * rest is the same for all.
 *
 * @param <O> its options
 */
public interface VariationalMethod<O extends Record> extends Method<O> {
  /** Those of its options that every variational autoencoder has. */
  VariationalOptions variational(O options);

  /** The negative log-likelihood of a history. */
  Objective likelihood(O options);

  /** All its options. */
  Settings settings(O options);

  @Override
  default boolean ranksUnseenUsers() {
    return true;
  }

  @Override
  default MemoryPlan plan(Interactions train, O options, Run run) {
    AutoencoderOptions net = variational(options).net();
    int rows = Math.multiplyExact(net.batchSize(), variational(options).samples());
    return AutoencoderTraining.plan(train, net.variational(train.itemCount()), rows, run);
  }

  @Override
  default TrainedModel fit(Interactions train, O options, Run run) {
    return new VariationalTraining(
            name(), options(), settings(options), variational(options), likelihood(options))
        .fit(train, run);
  }
}
