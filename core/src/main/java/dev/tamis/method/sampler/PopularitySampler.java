package dev.tamis.method.sampler;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.sample.Popularity;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.proposal.PopularityProposal;
import java.util.List;
import java.util.Optional;

/** Items by how often they occur in training. */
public final class PopularitySampler implements Sampler {
  public static final Option<Popularity> WEIGHTS =
      Option.choice(
          "popularity",
          Popularity.LOG,
          "what samplers by popularity draw by: count, ln(1 + count), or count^0.75");

  @Override
  public String name() {
    return "popularity";
  }

  @Override
  public String summary() {
    return "by popularity, ln(1 + count) by default";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(WEIGHTS);
  }

  @Override
  public Optional<ItemWeights> itemWeights() {
    return Optional.of((train, settings) -> settings.get(WEIGHTS).weights(train.itemCounts()));
  }

  @Override
  public Proposal proposal(Interactions train, PositiveSets refused, int width, Settings settings) {
    return new PopularityProposal(train, refused, settings.get(WEIGHTS));
  }
}
