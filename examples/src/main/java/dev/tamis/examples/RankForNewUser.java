package dev.tamis.examples;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Settings;
import dev.tamis.data.generate.DataGenerator;
import dev.tamis.data.generate.GeneratorOptions;
import dev.tamis.kernels.Workers;
import dev.tamis.method.AutoencoderOptions;
import dev.tamis.method.MultVae;
import dev.tamis.rank.Query;
import dev.tamis.rank.Ranked;
import dev.tamis.rank.Recommender;
import dev.tamis.train.Run;
import java.util.List;

/**
 * Trains an autoencoder and ranks for somebody it has never seen, from what that person just looked
 * at.
 */
public final class RankForNewUser {
  private RankForNewUser() {}

  /** Arguments: none. The data are made up. */
  public static void main(String[] arguments) {
    var data = DataGenerator.generate(GeneratorOptions.defaults().withUsers(500).withItems(200));
    MultVae method = new MultVae();
    Settings settings =
        Settings.none()
            .with(AutoencoderOptions.HIDDEN, List.of(64))
            .with(AutoencoderOptions.LATENT, 16)
            .with(AutoencoderOptions.EPOCHS, 20);
    TrainedModel model = method.fit(data.interactions(), method.read(settings), Run.seeded(1));

    int[] justSeen = {3, 17, 42}; // dense numbers, ascending; model.items().index("id") gives one
    try (Workers workers = new Workers(1)) {
      Ranked best = new Recommender(model.model(), workers).recommend(Query.ofHistory(justSeen), 5);
      for (int place = 0; place < best.counts[0]; place++) {
        System.out.println(model.items().id(best.items[place]) + "\t" + best.scores[place]);
      }
    }
  }
}
