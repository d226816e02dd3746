package dev.tamis.method.sampler;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.index.KernelTree;
import dev.tamis.sample.proposal.KernelTreeProposal;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import java.util.List;

/**
 * In proportion to a quadratic kernel of query and item (Blanc, Rendle: Adaptive Sampled Softmax
 * with Kernel Based Sampling, ICML 2018).
 */
public final class KernelSampler implements Sampler {
  public static final Option<Double> ALPHA =
      Option.real(
          "alpha",
          1,
          0,
          1e9,
          "how much the square of a score counts in the kernel beside the 1 that every item has");
  public static final Option<Integer> LEAF_ITEMS =
      Option.whole(
          "leaf-items",
          0,
          0,
          1 << 20,
          "the most items of a leaf of the kernel's tree; 0: four times the width of vectors");

  @Override
  public String name() {
    return "kernel";
  }

  @Override
  public String summary() {
    return "by a quadratic kernel";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(ALPHA, LEAF_ITEMS);
  }

  /** The most items of a leaf. */
  public static int leaf(int leafItems, int width) {
    return leafItems == 0 ? 4 * width : leafItems;
  }

  @Override
  public Proposal proposal(Interactions train, PositiveSets refused, int width, Settings settings) {
    int leaf = leaf(settings.get(LEAF_ITEMS), width);
    return new KernelTreeProposal(refused, settings.get(ALPHA), leaf, width, 0);
  }

  @Override
  public void plan(MemoryPlan plan, Interactions train, int width, Settings settings, Run run) {
    int leaf = leaf(settings.get(LEAF_ITEMS), width);
    plan.add("kernel tree", KernelTree.bytes(train.itemCount(), width, leaf));
  }
}
