package dev.tamis.method.sampler;

import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.proposal.UniformProposal;
import java.util.Arrays;
import java.util.Optional;

/** All items alike. */
final class UniformSampler implements Sampler {
  @Override
  public String name() {
    return "uniform";
  }

  @Override
  public String summary() {
    return "evenly";
  }

  @Override
  public Optional<ItemWeights> itemWeights() {
    return Optional.of((train, settings) -> even(train.itemCount()));
  }

  @Override
  public Proposal proposal(Interactions train, PositiveSets refused, int width, Settings settings) {
    return new UniformProposal(refused);
  }

  /** [items] a 1 for each. */
  static double[] even(int items) {
    double[] weights = new double[items];
    Arrays.fill(weights, 1);
    return weights;
  }
}
