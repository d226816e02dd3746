package dev.tamis.cli;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.TamisException;
import dev.tamis.method.Method;
import dev.tamis.method.Methods;
import dev.tamis.serve.Answer;
import dev.tamis.serve.RecommendationService;
import dev.tamis.serve.Request;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
  @Mixin private ConsoleOptions common;

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
    boolean byFeatures = userFeatures != null && model.users().index(user) < 0;
    if (byFeatures) {
      model = KnownByFeatures.join(model, user, userFeatures);
    }
    if (user != null && model.users().index(user) < 0) {
      throw unknownUser(model);
    }
    Answer answer = new RecommendationService(model).recommend(request(model));
    for (String id : answer.unknownItems()) {
      console.warn("item '" + id + "' is not in the catalogue of this model; it is left out");
    }
    print(console, model, byFeatures ? "features" : reason(model), answer);
    return 0;
  }

  private Request request(TrainedModel model) {
    Request request =
        user != null
            ? Request.ofUser(user, k)
            : Request.ofHistory(Models.unquoted(model.items(), history), k);
    request = request.excluding(Models.unquoted(model.items(), exclude));
    return includeSeen ? request.includingSeen() : request;
  }

  private TamisException unknownUser(TrainedModel model) {
    String advice;
    if (!model.model().ranksUnseenUsers()) {
      advice =
          "method '"
              + model.method()
              + "' knows no others: train again with their interactions, or train a method that"
              + " ranks a history ("
              + Methods.all().stream()
                  .filter(Method::ranksUnseenUsers)
                  .map(Method::name)
                  .collect(Collectors.joining(", "))
              + ")";
    } else if (model.model().encodings().users().isEmpty()) {
      advice = "give the items they have with --history ID,ID,...";
    } else {
      advice =
          "give the items they have with --history ID,ID,..., or a file with their features with"
              + " --user-features FILE";
    }
    return TamisException.badData(
        "user '"
            + user
            + "' is not among the "
            + model.users().size()
            + " users this model was trained on (they look like "
            + model.users().sample()
            + "); "
            + advice);
  }

  private String reason(TrainedModel model) {
    if (model.model().kind().equals("popularity")) {
      return "popularity";
    }
    return user != null ? "trained-user" : "history";
  }

  private void print(Console console, TrainedModel model, String reason, Answer answer) {
    if (console.json()) {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("items", Models.itemList(answer.items()));
      tree.put("reason", reason);
      tree.put("method", model.method());
      tree.put("user", user);
      tree.put("history_size", answer.historySize());
      tree.put("unknown_items", answer.unknownItems());
      console.json(tree);
      return;
    }
    Models.itemTable(model, answer.items()).forEach(console::line);
    if (answer.items().size() < k) {
      console.note(
          "only %d of %d places are filled: there are no more items to recommend",
          answer.items().size(), k);
    }
  }
}
