package dev.tamis.method;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.model.tower.TowerShape;
import dev.tamis.objective.Objective;
import dev.tamis.train.KlSchedule;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;

/**
 * A method that trains a denoising autoencoder of histories: it names its likelihood, and the rest
 * is the same for all.
 *
 * @param <O> its options
 */
public interface DenoisingMethod<O extends Record> extends Method<O> {
  /** Those of its options that every denoising autoencoder has. */
  DenoisingOptions denoising(O options);

  /** The negative log-likelihood of a history. */
  Objective likelihood(O options);

  /** The tower for these data. */
  default TowerShape shape(Interactions train, O options) {
    return denoising(options).net().denoising(train.itemCount());
  }

  /** All its options. */
  Settings settings(O options);

  @Override
  default boolean ranksUnseenUsers() {
    return true;
  }

  @Override
  default MemoryPlan plan(Interactions train, O options, Run run) {
    int rows = denoising(options).net().batchSize();
    return AutoencoderTraining.plan(train, shape(train, options), rows, run);
  }

  @Override
  default TrainedModel fit(Interactions train, O options, Run run) {
    return new AutoencoderTraining(
            name(),
            settings(options).complete(options()),
            denoising(options).net(),
            shape(train, options),
            likelihood(options),
            new KlSchedule(0, 0),
            1,
            denoising(options).weightDecay())
        .fit(train, run)
        .model();
  }
}
