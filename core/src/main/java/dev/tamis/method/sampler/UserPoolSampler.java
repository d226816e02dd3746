package dev.tamis.method.sampler;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.sample.ItemDistribution;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.proposal.UserPoolProposal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A pool of each user, resampled by scores from fixed draws: what method adasir draws by (Chen,
 * Lian, Jin, Zheng, Chen, WWW 2022).
 */
public final class UserPoolSampler implements Sampler {
  public static final Option<Integer> CANDIDATES =
      Option.whole(
              "candidates",
              200,
              1,
              1_000_000,
              "items drawn and scored for each user before each epoch")
          .orKnownAs("sample_size");
  public static final Option<Integer> POOL =
      Option.whole("pool", 200, 1, 1_000_000, "items in the pool of a user").orKnownAs("pool_size");

  private final boolean popular;

  /**
   * @param popular whether candidates of a pool are drawn by popularity, not evenly
   */
  UserPoolSampler(boolean popular) {
    this.popular = popular;
  }

  @Override
  public String name() {
    return popular ? "adasir-popularity" : "adasir-uniform";
  }

  @Override
  public String summary() {
    return "a pool of each user, resampled from draws "
        + (popular ? "by popularity" : "that are even");
  }

  @Override
  public List<Option<?>> options() {
    List<Option<?>> all = new ArrayList<>(List.of(POOL, CANDIDATES));
    if (popular) {
      all.add(PopularitySampler.WEIGHTS);
    }
    return all;
  }

  @Override
  public Law law() {
    return Law.WEIGHTS;
  }

  @Override
  public Use use() {
    return Use.MEASURING;
  }

  @Override
  public boolean pairsOnly() {
    return true;
  }

  /** Of a pair of the training data it knows nothing: it may draw one. */
  @Override
  public Proposal proposal(Interactions train, PositiveSets refused, int width, Settings settings) {
    ItemDistribution source =
        popular
            ? ItemDistribution.byPopularity(train, settings.get(PopularitySampler.WEIGHTS))
            : ItemDistribution.uniform(train.itemCount());
    return new UserPoolProposal(
        train.userCount(),
        source,
        settings.get(CANDIDATES),
        settings.get(POOL),
        UserPoolProposal.Number.NEGATED_LOG_WEIGHT,
        Optional.empty());
  }
}
