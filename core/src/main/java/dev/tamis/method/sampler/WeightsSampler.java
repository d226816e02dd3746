package dev.tamis.method.sampler;

import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.sample.Popularity;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.proposal.PopularityProposal;
import dev.tamis.sample.proposal.SharedProposal;

/**
 * Sampler popularity with other weights, or for a group of rows, to be seen beside it.
 *
 * @param weights what it draws by
 * @param shared whether for a group of rows, positives too
 */
record WeightsSampler(String name, String summary, Popularity weights, boolean shared)
    implements Sampler {
  @Override
  public Use use() {
    return Use.MEASURING;
  }

  @Override
  public Proposal proposal(Interactions train, PositiveSets refused, int width, Settings settings) {
    return shared
        ? new SharedProposal(weights.weights(train.itemCounts()), false)
        : new PopularityProposal(train, refused, weights);
  }
}
