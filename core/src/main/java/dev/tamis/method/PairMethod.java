package dev.tamis.method;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.model.Initial;
import dev.tamis.objective.Objective;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.Refiner;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Reduction;
import dev.tamis.train.Run;
import dev.tamis.train.TrainingLoop;
import java.util.List;

/**
 * A method that trains a pair model: it names its parts, and the rest is the same for all.
 *
 * @param <O> its options
 */
public interface PairMethod<O extends Record> extends Method<O> {
  /**
   * What a pair model is trained by.
   *
   * @param proposal draws the candidates
   * @param refiners reweigh them, in this order
   * @param objective the loss
   * @param reduction how the rows of a batch count
   * @param start fills the tables of vectors where option init-deviation does not
   * @param unitBall whether no row of any table may be longer than 1
   */
  record Parts(
      Proposal proposal,
      List<Refiner> refiners,
      Objective objective,
      Reduction reduction,
      Initial.Values start,
      boolean unitBall) {
    /** The usual: losses are averaged over a batch, and vectors start Glorot normal. */
    Parts(Proposal proposal, List<Refiner> refiners, Objective objective) {
      this(proposal, refiners, objective, Reduction.MEAN, Initial::glorotNormal, false);
    }
  }

  /** The parts for these data. */
  Parts parts(Interactions train, O options);

  /** Those of its options that every pair model has. */
  PairOptions pair(O options);

  /** All its options. */
  Settings settings(O options);

  /** Whether the rows of a group share their candidates. */
  default boolean sharesCandidates(O options) {
    return false;
  }

  /** How many candidates all rows of a batch share, where they do; else 0. */
  default int candidatesOfBatch(O options) {
    return 0;
  }

  @Override
  default boolean ranksUnseenUsers() {
    return false;
  }

  @Override
  default MemoryPlan plan(Interactions train, O options, Run run) {
    return PairTraining.plan(
        train, pair(options), sharesCandidates(options), candidatesOfBatch(options), run);
  }

  @Override
  default TrainedModel fit(Interactions train, O options, Run run) {
    TrainingLoop.refuseNothing(train.size()); // samplers need something to go by
    return new PairTraining(
            name(), settings(options).complete(options()), pair(options), parts(train, options))
        .fit(train, run);
  }
}
