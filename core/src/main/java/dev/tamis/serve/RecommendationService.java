package dev.tamis.serve;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.TamisException;
import dev.tamis.kernels.Workers;
import dev.tamis.model.Table;
import dev.tamis.rank.Query;
import dev.tamis.rank.Ranked;
import dev.tamis.rank.Recommender;
import dev.tamis.rank.SimilarItems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Answers questions in ids from one trained model; the command line does so by this class.
 *
 * <p>Safe for use by any number of threads, and needs no closing. Each question is answered on the
 * thread that asks and scores the whole catalogue: {@code items x width} multiply-adds. Scratch
 * space is kept for as many questions as were ever asked at once. The answer to a question is the
 * same whoever asks beside it.
 */
public final class RecommendationService {
  private final TrainedModel model;
  private final Queue<Recommender> idle = new ConcurrentLinkedQueue<>();
  private volatile SimilarItems nearest; // made by the first who asks; null before

  public RecommendationService(TrainedModel model) {
    this.model = model;
  }

  public TrainedModel model() {
    return model;
  }

  /** Whether {@link Request#ofUser} may name this user: one of the training data. */
  public boolean knowsUser(String id) {
    return model.users().index(id) >= 0;
  }

  /** Whether {@link Request#ofHistory} is answered: not all methods rank unseen users. */
  public boolean ranksHistories() {
    return model.model().ranksUnseenUsers();
  }

  /**
   * The best items for a user or a history. Unknown ids of items are left out and listed in the
   * answer.
   *
   * @throws TamisException of kind BAD_DATA if the user is not known ({@link #knowsUser}), or no
   *     item of the history is; of kind USAGE if a history asks and the model ranks users of the
   *     training data only ({@link #ranksHistories})
   * @throws Workers.InterruptedRunException if the calling thread is interrupted
   */
  public Answer recommend(Request request) {
    List<String> unknown = new ArrayList<>();
    Query query =
        request.user().isPresent()
            ? ofUser(request.user().get())
            : ofHistory(request.history(), unknown);
    query = query.excluding(numbers(request.exclude(), unknown));
    if (request.among().isPresent()) {
      query = query.among(numbers(request.among().get(), unknown));
    }
    if (request.includesSeen()) {
      query = query.answeringHistory();
    }
    return new Answer(items(recommend(query, request.k())), query.history().length, unknown);
  }

  /**
   * The items most like an item, itself left out: by the weights that items have for each other
   * where the model has such, by the cosine of their vectors where not.
   *
   * @param k at least 1
   * @throws TamisException of kind BAD_DATA if the item is not in the catalogue; of kind USAGE if
   *     the model has neither vectors nor weights
   */
  public List<RankedItem> similar(String item, int k) {
    int number = model.items().index(item);
    if (number < 0) {
      throw TamisException.badData(
          "item '"
              + item
              + "' is not among the "
              + model.items().size()
              + " items of this model; they look like "
              + model.items().sample());
    }
    return items(
        model.model().relatesItems()
            ? recommend(Query.ofHistory(number), k)
            : nearest().to(number, k));
  }

  private Query ofUser(String user) {
    int number = model.users().index(user);
    if (number < 0) {
      throw TamisException.badData(
          "there is no user '"
              + user
              + "' among the "
              + model.users().size()
              + " of this model; ask knowsUser before, and for others by the items they have"
              + " (Request.ofHistory) where ranksHistories says so");
    }
    int[] starts = model.seen().rowStart();
    return Query.ofUser(
        number, Arrays.copyOfRange(model.seen().itemIds(), starts[number], starts[number + 1]));
  }

  private Query ofHistory(List<String> history, List<String> unknown) {
    if (!ranksHistories()) {
      throw TamisException.usage(
          "method '"
              + model.method()
              + "' knows only the users it was trained on and cannot rank a history; ask for one of"
              + " them (a user's id), or train a method that can (mult-vae, mult-dae,"
              + " most-popular)");
    }
    int[] items = numbers(history, unknown);
    if (items.length == 0) {
      throw TamisException.badData(
          "no item of the history is among the "
              + model.items().size()
              + " items of this model; the first given is '"
              + history.get(0)
              + "', and the model's look like "
              + model.items().sample());
    }
    return Query.ofHistory(items);
  }

  /** The dense numbers of the ids that the model knows; the others are added to a list. */
  private int[] numbers(List<String> ids, List<String> unknown) {
    int[] numbers = new int[ids.size()];
    int n = 0;
    for (String id : ids) {
      int number = model.items().index(id);
      if (number >= 0) {
        numbers[n++] = number;
      } else {
        unknown.add(id);
      }
    }
    return Arrays.copyOf(numbers, n);
  }

  /** On a recommender that no other thread has; one that fails is not used again. */
  private Ranked recommend(Query query, int k) {
    Recommender recommender = idle.poll();
    if (recommender == null) {
      recommender = new Recommender(model.model(), new Workers(1)); // which has no thread to close
    }
    Ranked ranked = recommender.recommend(query, k);
    idle.add(recommender);
    return ranked;
  }

  private SimilarItems nearest() {
    SimilarItems made = nearest;
    if (made == null) {
      Table vectors =
          model
              .model()
              .itemVectors()
              .orElseThrow(
                  () ->
                      TamisException.usage(
                          "method '"
                              + model.method()
                              + "' gives items no vectors to compare; train one that does, such as"
                              + " bpr or mult-vae"));
      made = new SimilarItems(vectors.values(), vectors.width());
      nearest = made; // two threads may make it, to the same end
    }
    return made;
  }

  private List<RankedItem> items(Ranked ranked) {
    List<RankedItem> items = new ArrayList<>(ranked.counts[0]);
    for (int place = 0; place < ranked.counts[0]; place++) {
      int item = ranked.items[place];
      items.add(new RankedItem(model.items().id(item), model.title(item), ranked.scores[place]));
    }
    return items;
  }
}
