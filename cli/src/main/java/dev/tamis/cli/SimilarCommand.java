package dev.tamis.cli;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.TamisException;
import dev.tamis.kernels.Workers;
import dev.tamis.model.Table;
import dev.tamis.rank.Query;
import dev.tamis.rank.Ranked;
import dev.tamis.rank.Recommender;
import dev.tamis.rank.SimilarItems;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code tamis similar}: the items most like an item. */
@Command(
    name = "similar",
    header =
        "Find the items most like an item, by the cosine of their vectors or their weights for each"
            + " other.",
    footer = {
      "  tamis similar model --item 256",
      "  tamis similar model --item 256 -k 20 --json",
    })
final class SimilarCommand implements Callable<Integer> {
  @ParentCommand private Tamis tamis;
  @Mixin private CommonOptions common;

  @Parameters(index = "0", paramLabel = "MODEL_DIR", description = "A trained model.")
  private Path directory;

  @Option(
      names = "--item",
      required = true,
      paramLabel = "ID",
      description = "An item of the training data, as written there.")
  private String item;

  @Option(
      names = {"-k", "--count"},
      paramLabel = "N",
      defaultValue = "10",
      description = "How many items (default: ${DEFAULT-VALUE}).")
  private int k;

  @Override
  public Integer call() {
    Console console = common.console(tamis.terminal());
    Limits.within("-k", k, 1, Limits.MOST_ITEMS);
    TrainedModel model = Models.read(directory);
    int number = model.items().index(item);
    if (number < 0) {
      throw TamisException.badData(
          "item '"
              + item
              + "' is not among the "
              + model.items().size()
              + " items of this model; they look like "
              + Models.sample(model.items()));
    }
    Ranked ranked = similar(model, number);
    if (console.json()) {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("items", Models.itemList(model, ranked));
      tree.put("item", item);
      tree.put("title", Models.title(model, number));
      tree.put("method", model.method());
      console.json(tree);
    } else {
      Models.itemTable(model, ranked).forEach(console::line);
    }
    return 0;
  }

  /** By vectors where there are any; where items have weights for each other, by those. */
  private Ranked similar(TrainedModel model, int item) {
    if (model.model().relatesItems()) {
      try (Workers workers = new Workers(1)) {
        return new Recommender(model.model(), workers).recommend(Query.ofHistory(item), k);
      }
    }
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
    return new SimilarItems(vectors.values(), vectors.width()).to(item, k);
  }
}
