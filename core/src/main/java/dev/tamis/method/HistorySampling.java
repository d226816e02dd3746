package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.sample.Popularity;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.index.KernelTree;
import dev.tamis.sample.proposal.BestOfProposal;
import dev.tamis.sample.proposal.KernelTreeProposal;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import java.util.List;
import java.util.Optional;

/**
 * How items are drawn where queries are encoded from histories: the samplers that FastVAE proposes
 * and compares (Chen et al. 2022, section 6.1). Each component is the option of that name.
 */
public record HistorySampling(
    Sampler sampler,
    Popularity popularity,
    int codewords,
    boolean sharedNegatives,
    boolean removeAccidentalHits) {
  /** How items are drawn for a user. */
  public enum Sampler {
    MIDX_UNIFORM(MidxSampler.UNIFORM),
    MIDX_POPULARITY(MidxSampler.POPULARITY),
    MIDX_RESIDUAL(MidxSampler.RESIDUAL),
    MIDX_EXACT(MidxSampler.EXACT),
    UNIFORM,
    POPULARITY,
    KERNEL,
    DNS;

    private final Optional<MidxSampler> midx;

    Sampler() {
      midx = Optional.empty();
    }

    Sampler(MidxSampler sampler) {
      midx = Optional.of(sampler);
    }

    private Proposal proposal(Interactions train, HistorySampling o, int width) {
      if (o.sharedNegatives && this != UNIFORM && this != POPULARITY) {
        throw TamisException.config(
            "sampler "
                + SAMPLER.format(this)
                + " draws for each user by the user's query, so users cannot share what it draws;"
                + " set shared-negatives=false, or use sampler uniform or popularity");
      }
      return switch (this) {
        case MIDX_UNIFORM, MIDX_POPULARITY, MIDX_RESIDUAL, MIDX_EXACT ->
            midx.get().proposal(train, o.refused(train), o.popularity, o.codewords, width);
        case UNIFORM, POPULARITY -> {
          StaticSampler same = this == UNIFORM ? StaticSampler.UNIFORM : StaticSampler.POPULARITY;
          yield o.sharedNegatives
              ? same.shared(train, o.popularity, !o.removeAccidentalHits)
              : same.proposal(train, o.refused(train), o.popularity);
        }
        case KERNEL -> new KernelTreeProposal(o.refused(train), 1, LEAF_ITEMS, width, 0);
        case DNS -> new BestOfProposal(o.refused(train), DNS_TRIES, width);
      };
    }

    private void plan(MemoryPlan plan, Interactions train, HistorySampling o, int width, Run run) {
      int items = train.itemCount();
      midx.ifPresent(sampler -> sampler.plan(plan, train, o.codewords, width, run));
      if (this == KERNEL) {
        plan.add("kernel tree", KernelTree.bytes(items, width, LEAF_ITEMS));
      } else if (this == DNS) {
        plan.add("item vectors to choose by", BestOfProposal.bytes(items, width));
      }
    }
  }

  /** Of how many items sampler dns keeps the best, as in FastVAE's code. */
  static final int DNS_TRIES = 10;

  private static final int LEAF_ITEMS = 64;
  public static final Option<Sampler> SAMPLER =
      Option.choice("sampler", Sampler.MIDX_UNIFORM, "how items are drawn for a user");
  public static final Option<Boolean> SHARED_NEGATIVES =
      Option.flag(
          "shared-negatives",
          false,
          "whether items are drawn for a group of users together, not for each user");
  static final List<Option<?>> ALL =
      List.of(
          SAMPLER,
          StaticSampler.WEIGHTS,
          MidxSampler.CODEWORDS,
          SHARED_NEGATIVES,
          CommonOptions.REMOVE_ACCIDENTAL_HITS);

  /**
   * @throws dev.tamis.config.TamisException of kind CONFIG if a number is out of the range of its
   *     option
   */
  public HistorySampling {
    MidxSampler.CODEWORDS.check(codewords);
  }

  static HistorySampling read(Settings all) {
    return new HistorySampling(
        all.get(SAMPLER),
        all.get(StaticSampler.WEIGHTS),
        all.get(MidxSampler.CODEWORDS),
        all.get(SHARED_NEGATIVES),
        all.get(CommonOptions.REMOVE_ACCIDENTAL_HITS));
  }

  /** The settings of a method with these. */
  Settings addTo(Settings settings) {
    return settings
        .with(SAMPLER, sampler)
        .with(StaticSampler.WEIGHTS, popularity)
        .with(MidxSampler.CODEWORDS, codewords)
        .with(SHARED_NEGATIVES, sharedNegatives)
        .with(CommonOptions.REMOVE_ACCIDENTAL_HITS, removeAccidentalHits);
  }

  private PositiveSets refused(Interactions train) {
    return removeAccidentalHits ? new PositiveSets(train) : PositiveSets.none(train);
  }

  /**
   * @param width of queries
   * @throws TamisException of kind CONFIG if users cannot share what the sampler draws
   */
  Proposal proposal(Interactions train, int width) {
    return sampler.proposal(train, this, width);
  }

  /** Adds what the sampler holds to a plan. */
  void plan(MemoryPlan plan, Interactions train, int width, Run run) {
    sampler.plan(plan, train, this, width, run);
  }
}
