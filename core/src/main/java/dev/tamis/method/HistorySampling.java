package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.method.sampler.Sampler;
import dev.tamis.method.sampler.SamplerOffer;
import dev.tamis.method.sampler.Samplers;
import dev.tamis.method.sampler.Sampling;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import java.util.List;

/**
 * How items are drawn where queries are encoded from histories: by any sampler that needs nothing
 * of users, among them those that FastVAE proposes and compares (Chen et al. 2022, section 6.1).
 *
 * @param sampling which sampler, and what is set of it
 * @param sharedNegatives the option of that name
 * @param removeAccidentalHits the option of that name
 */
public record HistorySampling(
    Sampling sampling, boolean sharedNegatives, boolean removeAccidentalHits) {
  private static final SamplerOffer SAMPLERS =
      SamplerOffer.of(
          sampler -> !sampler.pairsOnly(),
          Samplers.named("midx-uniform"),
          "how items are drawn for a user");
  public static final Option<Sampler> SAMPLER = SAMPLERS.sampler();
  public static final Option<Boolean> SHARED_NEGATIVES =
      Option.flag(
          "shared-negatives",
          false,
          "whether items are drawn for a group of users together, not for each user");
  static final List<Option<?>> ALL =
      SAMPLERS.optionsAnd(SHARED_NEGATIVES, CommonOptions.REMOVE_ACCIDENTAL_HITS);

  /**
   * @throws TamisException of kind CONFIG if users are to share what is drawn by their queries
   */
  public HistorySampling {
    if (sharedNegatives && !sampling.canBeShared()) {
      throw TamisException.config(
          "sampler "
              + sampling.sampler().name()
              + " draws for each user by the user's query, so users cannot share what it draws;"
              + " set shared-negatives=false, or use sampler uniform or popularity");
    }
  }

  static HistorySampling read(Settings all) {
    return new HistorySampling(
        SAMPLERS.read(all),
        all.get(SHARED_NEGATIVES),
        all.get(CommonOptions.REMOVE_ACCIDENTAL_HITS));
  }

  /** The settings of a method with these. */
  Settings addTo(Settings settings) {
    return SAMPLERS
        .add(settings, sampling)
        .with(SHARED_NEGATIVES, sharedNegatives)
        .with(CommonOptions.REMOVE_ACCIDENTAL_HITS, removeAccidentalHits);
  }

  /**
   * What draws.
   *
   * @param width of queries
   */
  Proposal proposal(Interactions train, int width) {
    if (sharedNegatives) {
      return sampling.shared(train, !removeAccidentalHits);
    }
    PositiveSets refused =
        removeAccidentalHits ? new PositiveSets(train) : PositiveSets.none(train);
    return sampling.proposal(train, refused, width);
  }

  /** Adds what the sampler holds to a plan. */
  void plan(MemoryPlan plan, Interactions train, int width, Run run) {
    sampling.plan(plan, train, width, run);
  }
}
