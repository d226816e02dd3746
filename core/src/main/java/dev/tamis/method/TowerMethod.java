package dev.tamis.method;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.data.Interactions;
import dev.tamis.data.feature.SideFeatures;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import dev.tamis.train.TrainingLoop;

/**
 * A pair method with inner products as scores and candidates that rows share: so items and users
 * may have features, of which towers make their vectors.
 *
 * @param <O> its options
 */
interface TowerMethod<O extends Record> extends PairMethod<O> {
  /** Those of its options that say how vectors are made. */
  TowerOptions towers(O options);

  /** Whether rows share candidates, by groups or the whole batch. */
  default boolean rowsShare(O options) {
    return true;
  }

  @Override
  default boolean takesFeatures() {
    return true;
  }

  @Override
  default boolean ranksUnseenUsers(SideFeatures features, O options) {
    return !isPlain(features, options);
  }

  /** Whether users and items are rows of tables and no more. */
  private boolean isPlain(SideFeatures features, O options) {
    return features.isEmpty() && towers(options).arePlain();
  }

  @Override
  default MemoryPlan plan(Interactions train, SideFeatures features, O options, Run run) {
    MemoryPlan plan = plan(train, options, run);
    if (isPlain(features, options)) {
      return plan;
    }
    PairOptions pair = pair(options);
    long candidates = (long) pair.batchSize() * (rowsShare(options) ? 1 : pair.negatives());
    return TwoTowerTraining.add(plan, train, features, pair, towers(options), candidates, run);
  }

  @Override
  default TrainedModel fit(Interactions train, O options, Run run) {
    return fit(train, SideFeatures.NONE, options, run);
  }

  @Override
  default TrainedModel fit(Interactions train, SideFeatures features, O options, Run run) {
    TrainingLoop.refuseNothing(train.size()); // samplers need something to go by
    PairTraining training =
        new PairTraining(
            name(), settings(options).complete(options()), pair(options), parts(train, options));
    return isPlain(features, options)
        ? training.fit(train, run)
        : new TwoTowerTraining(training, towers(options)).fit(train, features, run);
  }
}
