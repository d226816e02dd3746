package dev.tamis.method.sampler;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.proposal.FactorRankProposal;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import java.util.List;

/**
 * By the rank of an item in one factor, which is drawn by the query (Rendle, Freudenthaler:
 * Improving Pairwise Learning for Item Recommendation from Implicit Feedback, WSDM 2014).
 */
public final class FactorRankSampler implements Sampler {
  public static final Option<Double> RANK_SCALE =
      Option.real(
          "rank-scale",
          500,
          1e-3,
          1e9,
          "how many ranks of a factor down the probability of a rank has fallen to 1/e");

  @Override
  public String name() {
    return "factor-ranks";
  }

  @Override
  public String summary() {
    return "by the rank in a factor of the query";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(RANK_SCALE);
  }

  @Override
  public Proposal proposal(Interactions train, PositiveSets refused, int width, Settings settings) {
    return new FactorRankProposal(train, refused, settings.get(RANK_SCALE), width, true, 0);
  }

  @Override
  public void plan(MemoryPlan plan, Interactions train, int width, Settings settings, Run run) {
    plan.add("ranks in factors", FactorRankProposal.bytes(train.itemCount(), width, true));
  }
}
