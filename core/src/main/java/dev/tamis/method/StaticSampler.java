package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.data.Interactions;
import dev.tamis.sample.Popularity;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.proposal.PopularityProposal;
import dev.tamis.sample.proposal.SharedProposal;
import dev.tamis.sample.proposal.UniformProposal;
import java.util.Arrays;

/** Samplers that do not change while a model is trained. */
public enum StaticSampler {
  UNIFORM,
  POPULARITY;

  public static final Option<StaticSampler> SAMPLER =
      Option.choice("sampler", UNIFORM, "how negatives are drawn");
  public static final Option<Popularity> WEIGHTS =
      Option.choice(
          "popularity",
          Popularity.LOG,
          "what sampler popularity draws by: count, ln(1 + count), or count^0.75");

  /** Draws no positives. */
  Proposal proposal(Interactions train, Popularity weights) {
    return proposal(train, new PositiveSets(train), weights);
  }

  Proposal proposal(Interactions train, PositiveSets positives, Popularity weights) {
    return switch (this) {
      case UNIFORM -> new UniformProposal(positives);
      case POPULARITY -> new PopularityProposal(train, positives, weights);
    };
  }

  /**
   * The same law, for a group of rows at a time.
   *
   * @param keepsAccidentalHits whether a positive of a row stands against it, where it is drawn
   */
  Proposal shared(Interactions train, Popularity weights, boolean keepsAccidentalHits) {
    double[] even = new double[train.itemCount()];
    Arrays.fill(even, 1);
    return new SharedProposal(
        this == UNIFORM ? even : weights.weights(train.itemCounts()), keepsAccidentalHits);
  }
}
