package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.data.Interactions;
import dev.tamis.sample.Popularity;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.index.InvertedMultiIndex;
import dev.tamis.sample.index.ResidualCells;
import dev.tamis.sample.index.WeighedCells;
import dev.tamis.sample.proposal.MidxProposal;
import dev.tamis.sample.proposal.SoftmaxProposal;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import java.util.Arrays;

/**
 * The samplers of FastVAE (Chen et al., WWW 2022, sections 4 and 5). The paper's 16 codewords are
 * the default; its appendix finds more of them nearer to the softmax.
 */
enum MidxSampler {
  UNIFORM,
  POPULARITY,
  RESIDUAL,
  EXACT;

  static final Option<Integer> CODEWORDS =
      Option.whole(
          "codewords",
          16,
          1,
          1024,
          "codewords of each of the two codebooks that the midx samplers make of item vectors");

  /** What the code adds to a popularity, so that no item is without one. */
  private static final double FLOOR = 1e-6;

  /**
   * @param positives what is not drawn
   */
  Proposal proposal(
      Interactions train, PositiveSets positives, Popularity popularity, int codewords, int width) {
    int items = train.itemCount();
    return switch (this) {
      case UNIFORM -> {
        double[] even = new double[items];
        Arrays.fill(even, 1);
        yield MidxProposal.weighed(positives, even, codewords, width);
      }
      case POPULARITY -> {
        double[] weights = popularity.weights(train.itemCounts());
        Arrays.setAll(weights, i -> weights[i] + FLOOR);
        yield MidxProposal.weighed(positives, weights, codewords, width);
      }
      case RESIDUAL -> MidxProposal.residual(positives, codewords, width);
      case EXACT -> new SoftmaxProposal(positives, width);
    };
  }

  /** Adds what it holds to a plan. */
  MemoryPlan plan(MemoryPlan plan, Interactions train, int codewords, int width, Run run) {
    int items = train.itemCount();
    int threads = run.threads();
    if (this == EXACT) {
      return plan.add("scores of all items", SoftmaxProposal.bytes(items, width, threads));
    }
    return plan.add("multi-index", InvertedMultiIndex.bytes(items, codewords, width, threads))
        .add(
            "items of its cells",
            this == RESIDUAL
                ? ResidualCells.bytes(items, codewords, width, threads)
                : WeighedCells.bytes(items, codewords));
  }
}
