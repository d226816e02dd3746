package dev.tamis.method.sampler;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.proposal.SharedProposal;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import java.util.Objects;

/**
 * A sampler and what is set of it.
 *
 * @param sampler what draws
 * @param settings values of its options, and maybe of others; what is not there has its default
 */
public record Sampling(Sampler sampler, Settings settings) {
  /**
   * @throws dev.tamis.config.TamisException of kind CONFIG if an option of the sampler does not
   *     allow the value that is set of it
   */
  public Sampling {
    Objects.requireNonNull(settings);
    for (Option<?> option : sampler.options()) {
      settings.get(option);
    }
  }

  /** Whether rows can share what it draws. */
  public boolean canBeShared() {
    return sampler.itemWeights().isPresent();
  }

  /**
   * Draws for each row.
   *
   * @param refused pairs of the training data that it does not draw
   * @param width of queries and item vectors
   */
  public Proposal proposal(Interactions train, PositiveSets refused, int width) {
    return sampler.proposal(train, refused, width, settings);
  }

  /**
   * The same law for a group of rows at a time; the sampler must be one that {@link #canBeShared}.
   *
   * @param keepsAccidentalHits whether a positive of a row stands against it, where it is drawn
   */
  public Proposal shared(Interactions train, boolean keepsAccidentalHits) {
    return new SharedProposal(weights(train), keepsAccidentalHits);
  }

  /** [items] The weights of a sampler that {@link #canBeShared}. */
  public double[] weights(Interactions train) {
    return sampler.itemWeights().orElseThrow().of(train, settings);
  }

  /** Adds what it holds to a plan, and what it learns pairs by, so many in a batch. */
  public void planForPairs(
      MemoryPlan plan, Interactions train, int width, int rows, int negatives, Run run) {
    plan(plan, train, width, run);
    sampler.planLearning(plan, width, rows, negatives, settings, run);
  }

  /** Adds what it holds to a plan. */
  public void plan(MemoryPlan plan, Interactions train, int width, Run run) {
    sampler.plan(plan, train, width, settings, run);
  }
}
