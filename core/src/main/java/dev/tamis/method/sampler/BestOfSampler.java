package dev.tamis.method.sampler;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.proposal.BestOfProposal;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import java.util.List;

/**
 * The best scored of several drawn evenly: dynamic negative sampling (Zhang, Chen, Wang, Yu, SIGIR
 * 2013) as FastVAE's code has it, ten by default.
 */
public final class BestOfSampler implements Sampler {
  public static final Option<Integer> TRIES =
      Option.whole(
          "tries", 10, 1, 10_000, "of how many items drawn evenly sampler dns keeps the best");

  @Override
  public String name() {
    return "dns";
  }

  @Override
  public String summary() {
    return "the best scored of several drawn evenly";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(TRIES);
  }

  @Override
  public Law law() {
    return Law.UNKNOWN;
  }

  @Override
  public Proposal proposal(Interactions train, PositiveSets refused, int width, Settings settings) {
    return new BestOfProposal(refused, settings.get(TRIES), width);
  }

  @Override
  public void plan(MemoryPlan plan, Interactions train, int width, Settings settings, Run run) {
    plan.add("item vectors to choose by", BestOfProposal.bytes(train.itemCount(), width));
  }
}
