package dev.tamis.method.sampler;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.UserPools;
import dev.tamis.sample.proposal.SoftmaxPoolProposal;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import java.util.List;

/** A pool of each user, drawn from the softmax before an epoch: Exact of PRIS. */
public final class SoftmaxPoolSampler implements Sampler {
  public static final Option<Integer> DROP_TOP =
      Option.whole(
          "drop-top",
          10,
          0,
          1_000_000,
          "highest-scored items of a user that sampler exact leaves out");
  public static final Option<Integer> POOL =
      Option.whole(
          "pool",
          200,
          1,
          1_000_000,
          "items that sampler exact draws for each user before an epoch");

  @Override
  public String name() {
    return "exact";
  }

  @Override
  public String summary() {
    return "a pool of each user, drawn from the softmax of the last refresh";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(POOL, DROP_TOP);
  }

  @Override
  public Law law() {
    return Law.WEIGHTS;
  }

  @Override
  public boolean pairsOnly() {
    return true;
  }

  @Override
  public Proposal proposal(Interactions train, PositiveSets refused, int width, Settings settings) {
    return new SoftmaxPoolProposal(train, refused, settings.get(DROP_TOP), settings.get(POOL));
  }

  @Override
  public void plan(MemoryPlan plan, Interactions train, int width, Settings settings, Run run) {
    plan.add("pools", UserPools.bytes(train.userCount(), settings.get(POOL)))
        .add(
            "scores of all items",
            SoftmaxPoolProposal.refreshBytes(train.itemCount(), run.threads()));
  }
}
