package dev.tamis.cli;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.TamisException;
import dev.tamis.data.HeldOut;
import dev.tamis.data.IdMap;
import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.lab.page.Visible;
import dev.tamis.rank.QueryBlock;
import dev.tamis.rank.Ranked;
import dev.tamis.rank.Recommender;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;

/**
 * What was recommended and what was to be found as trec_eval reads it: a run (user Q0 item rank
 * score tag) and its qrels (user 0 item 1).
 *
 * <p>trec_eval sorts by score and breaks ties by id, so the score in a run is the length of the
 * list less the rank, which keeps our order. Relevant items outside the catalogue stand in the
 * qrels under names of their own, for they count.
 */
final class TrecFiles {
  private static final int BLOCK = 4096; // users at a time
  private static final String CANNOT = "cannot write ";

  private TrecFiles() {}

  /**
   * Writes the best {@code k} items of every user who has something to find.
   *
   * @throws TamisException of kind BAD_DATA if an id has white space in it, IO if writing fails
   */
  static void writeRun(TrainedModel model, HeldOut heldOut, int k, int threads, Path file) {
    Outputs.write(file, CANNOT + file, out -> writeRun(model, heldOut, k, threads, file, out));
  }

  private static void writeRun(
      TrainedModel model, HeldOut heldOut, int k, int threads, Path file, Writer out)
      throws IOException {
    Interactions input = heldOut.input();
    try (Workers workers = new Workers(threads)) {
      Recommender recommender = new Recommender(model.model(), workers);
      Ranked ranked = new Ranked(BLOCK, k);
      QueryBlock queries = new QueryBlock(BLOCK);
      int[] users = new int[BLOCK];
      int user = 0;
      while (user < input.userCount()) {
        queries.clear();
        for (; user < input.userCount() && queries.rows < BLOCK; user++) {
          if (heldOut.relevant(user) > 0) {
            users[queries.rows] = user;
            queries.append(
                heldOut.trained() ? user : -1,
                input.itemIds(),
                input.rowStart()[user],
                input.rowStart()[user + 1]);
          }
        }
        recommender.recommend(queries, ranked);
        for (int row = 0; row < queries.rows; row++) {
          String id = plain(input.users(), users[row], file);
          for (int i = 0; i < ranked.counts[row]; i++) {
            String item = plain(input.items(), ranked.items[row * k + i], file);
            out.write(id + " Q0 " + item + " " + (i + 1) + " " + (k - i) + " tamis\n");
          }
        }
      }
    }
  }

  /** Writes what every user should be recommended. */
  static void writeQrels(HeldOut heldOut, Path file) {
    Outputs.write(file, CANNOT + file, out -> writeQrels(heldOut, file, out));
  }

  private static void writeQrels(HeldOut heldOut, Path file, Writer out) throws IOException {
    Interactions target = heldOut.target();
    for (int user = 0; user < target.userCount(); user++) {
      String id = heldOut.relevant(user) > 0 ? plain(target.users(), user, file) : "";
      for (int e = target.rowStart()[user]; e < target.rowStart()[user + 1]; e++) {
        out.write(id + " 0 " + plain(target.items(), target.itemIds()[e], file) + " 1\n");
      }
      for (int n = 1; n <= heldOut.unreachable()[user]; n++) {
        out.write(id + " 0 not-in-the-catalogue-" + n + " 1\n");
      }
    }
  }

  private static String plain(IdMap ids, int number, Path file) {
    String id = ids.id(number);
    if (id.isEmpty() || id.chars().anyMatch(Character::isWhitespace)) {
      throw TamisException.badData(
          file
              + ": trec_eval separates by white space, but there is the id '"
              + Visible.line(id)
              + "'; rename it in the data");
    }
    return id;
  }
}
