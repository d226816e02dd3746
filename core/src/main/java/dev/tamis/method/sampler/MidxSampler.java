package dev.tamis.method.sampler;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.config.Spelling;
import dev.tamis.data.Interactions;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.index.InvertedMultiIndex;
import dev.tamis.sample.index.ResidualCells;
import dev.tamis.sample.index.WeighedCells;
import dev.tamis.sample.proposal.MidxProposal;
import dev.tamis.sample.proposal.SoftmaxProposal;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The samplers of FastVAE (Chen et al., WWW 2022, sections 4 and 5): a cell of an inverted
 * multi-index by its codewords, then an item of it. The paper's 16 codewords are the default; its
 * appendix finds more of them nearer to the softmax.
 */
public final class MidxSampler implements Sampler {
  /** How an item of a cell is drawn. */
  enum Within {
    UNIFORM("a cell by its codewords, then evenly"),
    POPULARITY("a cell by its codewords, then by popularity"),
    RESIDUAL("a cell by its codewords, then by scores"),
    /** So that the whole is the softmax; no index is made. */
    EXACT("by the softmax");

    private final String summary;

    Within(String summary) {
      this.summary = summary;
    }
  }

  public static final Option<Integer> CODEWORDS =
      Option.whole(
          "codewords",
          16,
          1,
          1024,
          "codewords of each of the two codebooks that the midx samplers make of item vectors");

  /** What the code adds to a popularity, so that no item is without one. */
  private static final double FLOOR = 1e-6;

  private final Within within;

  MidxSampler(Within within) {
    this.within = within;
  }

  @Override
  public String name() {
    return "midx-" + Spelling.of(within);
  }

  @Override
  public String summary() {
    return within.summary;
  }

  @Override
  public List<Option<?>> options() {
    List<Option<?>> all = new ArrayList<>();
    if (within != Within.EXACT) {
      all.add(CODEWORDS);
    }
    if (within == Within.POPULARITY) {
      all.add(PopularitySampler.WEIGHTS);
    }
    return all;
  }

  @Override
  public Proposal proposal(Interactions train, PositiveSets refused, int width, Settings settings) {
    int codewords = settings.get(CODEWORDS);
    return switch (within) {
      case UNIFORM ->
          MidxProposal.weighed(refused, UniformSampler.even(train.itemCount()), codewords, width);
      case POPULARITY -> {
        double[] weights = settings.get(PopularitySampler.WEIGHTS).weights(train.itemCounts());
        Arrays.setAll(weights, i -> weights[i] + FLOOR);
        yield MidxProposal.weighed(refused, weights, codewords, width);
      }
      case RESIDUAL -> MidxProposal.residual(refused, codewords, width);
      case EXACT -> new SoftmaxProposal(refused, width);
    };
  }

  @Override
  public void plan(MemoryPlan plan, Interactions train, int width, Settings settings, Run run) {
    int items = train.itemCount();
    int threads = run.threads();
    int codewords = settings.get(CODEWORDS);
    if (within == Within.EXACT) {
      plan.add("scores of all items", SoftmaxProposal.bytes(items, width, threads));
      return;
    }
    plan.add("multi-index", InvertedMultiIndex.bytes(items, codewords, width, threads))
        .add(
            "items of its cells",
            within == Within.RESIDUAL
                ? ResidualCells.bytes(items, codewords, width, threads)
                : WeighedCells.bytes(items, codewords));
  }
}
