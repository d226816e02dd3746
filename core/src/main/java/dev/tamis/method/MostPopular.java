package dev.tamis.method;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.model.PopularityModel;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import java.util.List;

/**
 * The items that most users have, the same list for everybody but for what each has already: the
 * yardstick that every other method must pass.
 */
public final class MostPopular implements Method<MostPopular.Options> {
  /** Nothing to choose. */
  public record Options() {}

  @Override
  public String name() {
    return "most-popular";
  }

  @Override
  public String summary() {
    return "The items that most users have, whoever asks.";
  }

  @Override
  public String citation() {
    return "none; the usual baseline";
  }

  @Override
  public boolean ranksUnseenUsers() {
    return true;
  }

  @Override
  public List<Option<?>> options() {
    return List.of();
  }

  @Override
  public Options readKnown(Settings given) {
    return new Options();
  }

  @Override
  public MemoryPlan plan(Interactions train, Options options, Run run) {
    return new MemoryPlan().add("item counts and scores", 8L * train.itemCount());
  }

  @Override
  public TrainedModel fit(Interactions train, Options options, Run run) {
    return TrainedModel.of(
        name(),
        Settings.none().complete(options()),
        run.seed(),
        0,
        train,
        PopularityModel.ofCounts(train.itemCounts()));
  }
}
