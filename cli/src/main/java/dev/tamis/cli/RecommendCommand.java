package dev.tamis.cli;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.TamisException;
import dev.tamis.kernels.Workers;
import dev.tamis.model.ServableModel;
import dev.tamis.rank.Query;
import dev.tamis.rank.Ranked;
import dev.tamis.rank.Recommender;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code tamis recommend}: the best items for a user or a history. */
@Command(
    name = "recommend",
    header = "Recommend items to a user, or to whoever has a history.",
    footer = {
      "  tamis recommend model --user 42",
      "  tamis recommend model --history 17,256,99 -k 20 --json",
      "  tamis recommend model --user newcomer --user-features users.tsv",
    })
final class RecommendCommand implements Callable<Integer> {
  @ParentCommand private Tamis tamis;
  @Mixin private CommonOptions common;

  @Parameters(index = "0", paramLabel = "MODEL_DIR", description = "A trained model.")
  private Path directory;

  @Option(
      names = "--user",
      paramLabel = "ID",
      description = "A user of the training data, as written there.")
  private String user;

  @Option(
      names = "--history",
      paramLabel = "ID,ID,...",
      split = ",",
      description =
          "The items that somebody has, instead of a user; an id with a comma in it in double"
              + " quotes.")
  private List<String> history = new ArrayList<>();

  @Option(
      names = "--user-features",
      paramLabel = "FILE",
      description =
          "Features of users: where --user is not among the users of training, they are known by"
              + " theirs.")
  private Path userFeatures;

  @Option(
      names = {"-k", "--count"},
      paramLabel = "N",
      defaultValue = "10",
      description = "How many items (default: ${DEFAULT-VALUE}).")
  private int k;

  @Option(
      names = "--exclude",
      paramLabel = "ID,ID,...",
      split = ",",
      description = "Items not to recommend.")
  private List<String> exclude = new ArrayList<>();

  @Option(
      names = "--include-seen",
      description = "Recommend also what the user or the history has already.")
  private boolean includeSeen;

  @Override
  public Integer call() {
    Console console = common.console(tamis.terminal());
    if ((user == null) == history.isEmpty()) {
      throw TamisException.usage("recommend needs either --user ID or --history ID,ID,...");
    }
    if (userFeatures != null && user == null) {
      throw TamisException.usage("--user-features goes with --user ID, whose features they are");
    }
    Limits.within("-k", k, 1, Limits.MOST_ITEMS);
    TrainedModel model = Models.read(directory);
    List<String> unknown = new ArrayList<>();
    ServableModel scorer = model.model();
    Query query;
    boolean byFeatures = userFeatures != null && model.users().index(user) < 0;
    if (byFeatures) {
      scorer = KnownByFeatures.user(model, user, userFeatures);
      query = limited(model, Query.ofUser(model.users().size(), new int[0]), unknown);
    } else {
      query = limited(model, user != null ? ofUser(model) : ofHistory(model, unknown), unknown);
    }
    for (String id : unknown) {
      console.warn("item '" + id + "' is not in the catalogue of this model; it is left out");
    }
    Ranked ranked;
    try (Workers workers = new Workers(1)) {
      ranked = new Recommender(scorer, workers).recommend(query, k);
    }
    print(console, model, query, byFeatures ? "features" : reason(model, query), unknown, ranked);
    return 0;
  }

  private Query limited(TrainedModel model, Query all, List<String> unknown) {
    Query query = all;
    if (includeSeen) {
      query = query.answeringHistory();
    }
    return exclude.isEmpty() ? query : query.excluding(Models.itemNumbers(model, exclude, unknown));
  }

  private Query ofUser(TrainedModel model) {
    int number = model.users().index(user);
    if (number < 0) {
      throw TamisException.badData(
          "user '"
              + user
              + "' is not among the "
              + model.users().size()
              + " users this model was trained on (they look like "
              + Models.sample(model.users())
              + "); "
              + (model.model().ranksUnseenUsers()
                  ? "give the items they have with --history ID,ID,..."
                      + (model.model().encodings().users().isPresent()
                          ? ", or a file with their features with --user-features FILE"
                          : "")
                  : "method '"
                      + model.method()
                      + "' knows no others: train again with their interactions, or train a method"
                      + " that ranks a history (mult-vae, mult-dae, most-popular)"));
    }
    int[] starts = model.seen().rowStart();
    return Query.ofUser(
        number, Arrays.copyOfRange(model.seen().itemIds(), starts[number], starts[number + 1]));
  }

  private Query ofHistory(TrainedModel model, List<String> unknown) {
    if (!model.model().ranksUnseenUsers()) {
      throw TamisException.usage(
          "method '"
              + model.method()
              + "' knows only the users it was trained on and cannot rank a history; give --user,"
              + " or train a method that can (mult-vae, mult-dae, most-popular)");
    }
    int[] items = Models.itemNumbers(model, history, unknown);
    if (items.length == 0) {
      throw TamisException.badData(
          "no item of the history is among the "
              + model.items().size()
              + " items of this model; the first given is '"
              + history.get(0)
              + "', and the model's look like "
              + Models.sample(model.items()));
    }
    return Query.ofHistory(items);
  }

  private static String reason(TrainedModel model, Query query) {
    if (model.model().kind().equals("popularity")) {
      return "popularity";
    }
    return query.user() >= 0 ? "trained-user" : "history";
  }

  private void print(
      Console console,
      TrainedModel model,
      Query query,
      String reason,
      List<String> unknown,
      Ranked ranked) {
    if (console.json()) {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("items", Models.itemList(model, ranked));
      tree.put("reason", reason);
      tree.put("method", model.method());
      tree.put("user", user);
      tree.put("history_size", query.history().length);
      tree.put("unknown_items", unknown);
      console.json(tree);
      return;
    }
    Models.itemTable(model, ranked).forEach(console::line);
    if (ranked.counts[0] < k) {
      console.note(
          "only %d of %d places are filled: there are no more items to recommend",
          ranked.counts[0], k);
    }
  }
}
