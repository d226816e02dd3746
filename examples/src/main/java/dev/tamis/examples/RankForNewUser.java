package dev.tamis.examples;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Settings;
import dev.tamis.data.generate.DataGenerator;
import dev.tamis.data.generate.GeneratorOptions;
import dev.tamis.method.AutoencoderOptions;
import dev.tamis.method.MultVae;
import dev.tamis.serve.RankedItem;
import dev.tamis.serve.RecommendationService;
import dev.tamis.serve.Request;
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

    List<String> justSeen = List.of("m0004", "m0018", "m0043");
    var service = new RecommendationService(model);
    for (RankedItem item : service.recommend(Request.ofHistory(justSeen, 5)).items()) {
      System.out.println(item.id() + "\t" + item.score());
    }
  }
}
