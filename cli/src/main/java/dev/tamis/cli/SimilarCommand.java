package dev.tamis.cli;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.serve.RankedItem;
import dev.tamis.serve.RecommendationService;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
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
  @Mixin private ConsoleOptions common;

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
    RecommendationService service = new RecommendationService(Models.read(directory));
    List<RankedItem> items = service.similar(item, k);
    TrainedModel model = service.model();
    if (console.json()) {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("items", Models.itemList(items));
      tree.put("item", item);
      tree.put("title", model.title(model.items().index(item)).orElse(null));
      tree.put("method", model.method());
      console.json(tree);
    } else {
      Models.itemTable(model, items).forEach(console::line);
    }
    return 0;
  }
}
