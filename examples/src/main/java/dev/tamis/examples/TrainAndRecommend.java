package dev.tamis.examples;

import dev.tamis.artifact.ModelStore;
import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Settings;
import dev.tamis.data.read.InteractionFile;
import dev.tamis.data.read.ReadOptions;
import dev.tamis.kernels.Workers;
import dev.tamis.method.Bpr;
import dev.tamis.method.PairOptions;
import dev.tamis.rank.Query;
import dev.tamis.rank.Ranked;
import dev.tamis.rank.Recommender;
import dev.tamis.train.Run;
import java.nio.file.Path;
import java.util.Arrays;

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

    TrainedModel model = new ModelStore().read(directory);
    int number = model.users().index(user);
    int[] start = model.seen().rowStart();
    int[] history = Arrays.copyOfRange(model.seen().itemIds(), start[number], start[number + 1]);
    try (Workers workers = new Workers(1)) {
      Recommender recommender = new Recommender(model.model(), workers);
      Ranked best = recommender.recommend(Query.ofUser(number, history), 5);
      for (int place = 0; place < best.counts[0]; place++) {
        System.out.println(model.items().id(best.items[place]) + "\t" + best.scores[place]);
      }
    }
  }
}
