package dev.tamis.examples;

import dev.tamis.artifact.ModelStore;
import dev.tamis.config.Settings;
import dev.tamis.data.read.InteractionFile;
import dev.tamis.data.read.ReadOptions;
import dev.tamis.method.Bpr;
import dev.tamis.method.PairOptions;
import dev.tamis.serve.RankedItem;
import dev.tamis.serve.RecommendationService;
import dev.tamis.serve.Request;
import dev.tamis.train.Run;
import java.nio.file.Path;

/**
 * Reads a file of interactions, trains, writes the model, reads it back and recommends for a user.
 */
public final class TrainAndRecommend {
  private TrainAndRecommend() {}

  /** Arguments: a file of interactions, a directory for the model, a user id. */
  public static void main(String[] arguments) {
    Path file = Path.of(arguments[0]);
    Path directory = Path.of(arguments[1]);
    String user = arguments[2];

    Bpr method = new Bpr();
    Bpr.Options options = method.read(Settings.none().with(PairOptions.NEGATIVES, 3));
    var interactions = InteractionFile.read(file, ReadOptions.defaults()).interactions();
    new ModelStore().write(method.fit(interactions, options, Run.seeded(1)), directory);

    // One of these serves all threads of an application.
    var service = new RecommendationService(new ModelStore().read(directory));
    for (RankedItem item : service.recommend(Request.ofUser(user, 5)).items()) {
      System.out.println(item.id() + "\t" + item.score());
    }
  }
}
