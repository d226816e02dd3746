package dev.tamis.cli;

import dev.tamis.artifact.ModelStore;
import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.data.generate.DataGenerator;
import dev.tamis.data.generate.Generated;
import dev.tamis.data.generate.GeneratorOptions;
import dev.tamis.data.read.InteractionFile;
import dev.tamis.data.split.RandomSplit;
import dev.tamis.data.split.SplitData;
import dev.tamis.eval.Evaluation;
import dev.tamis.lab.page.Visible;
import dev.tamis.method.Method;
import dev.tamis.method.Methods;
import dev.tamis.serve.RankedItem;
import dev.tamis.serve.RecommendationService;
import dev.tamis.serve.Request;
import dev.tamis.train.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code tamis demo}: the whole way from interactions to recommendations on generated data. */
@Command(
    name = "demo",
    header = "See the whole way on generated data: train, compare, recommend.",
    footer = {
      "  tamis demo",
      "  tamis demo --users 20000 --items 5000 --seed 7",
    })
final class DemoCommand implements Callable<Integer> {
  private static final String HEADLINE = "ndcg@10";
  private static final int SHOWN_HISTORY = 8;

  @ParentCommand private Tamis tamis;
  @Mixin private ConsoleOptions common;

  @Option(
      names = "--users",
      paramLabel = "N",
      defaultValue = "2000",
      description = "How many users (default: ${DEFAULT-VALUE}).")
  private int users;

  @Option(
      names = "--items",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many items (default: ${DEFAULT-VALUE}).")
  private int items;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Keys every random number (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Mixin private ThreadsOption threads;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "tamis-demo",
      description = "Where data and models go (default: ./${DEFAULT-VALUE}).")
  private Path out;

  /** A method with its model and how well it did. */
  private record Entry(TrainedModel model, Evaluation evaluation, double seconds, Path directory) {}

  @Override
  public Integer call() {
    Console console = common.console(tamis.terminal());
    int threadCount = threads.count();
    GeneratorOptions options =
        GeneratorOptions.defaults().withUsers(users).withItems(items).withSeed(seed);
    Limits.creatable("--out", out);
    ModelStore store = new ModelStore();
    planned().keySet().forEach(name -> store.checkPlace(out.resolve(name)));

    console.note("1. Making up %,d users and %,d items, with tastes to be found ...", users, items);
    Generated generated = DataGenerator.generate(options);
    if (isOfADemo(out)) {
      generated.replace(out);
    } else {
      generated.write(out);
    }
    Path data = out.resolve(GenerateCommand.INTERACTIONS);
    Interactions all = InteractionFile.read(data).interactions();
    console.note("2. Keeping a fifth of what each of them has for testing ...");
    SplitData split = new RandomSplit(0.8, 0).split(all, seed);
    String[] titles =
        Titles.read(console, out.resolve(GenerateCommand.ITEMS), split.train().items());

    List<Entry> entries = new ArrayList<>();
    int step = 3;
    for (Map.Entry<String, Map<String, String>> planned : planned().entrySet()) {
      Method<?> method = Methods.named(planned.getKey());
      console.note("%d. Training %s ...", step++, method.name());
      entries.add(train(console, method, planned.getValue(), split, titles, threadCount));
    }
    Entry best = entries.stream().reduce((a, b) -> headline(b) > headline(a) ? b : a).orElseThrow();
    int user = shownUser(split.train());
    List<RankedItem> recommended =
        new RecommendationService(best.model())
            .recommend(Request.ofUser(best.model().users().id(user), 10))
            .items();
    if (console.json()) {
      console.json(tree(split, entries, best, user, recommended));
    } else {
      print(console, entries, best, user, recommended);
    }
    return 0;
  }

  /** Whether an earlier demo left its models here, and so its data, too. */
  private static boolean isOfADemo(Path directory) {
    return planned().keySet().stream()
        .allMatch(name -> Files.exists(directory.resolve(name).resolve("manifest.json")));
  }

  /** The methods shown, with options that suit a small catalogue. */
  private static Map<String, Map<String, String>> planned() {
    Map<String, Map<String, String>> planned = new LinkedHashMap<>();
    planned.put("most-popular", Map.of());
    planned.put("bpr", Map.of("epochs", "30", "batch-size", "256", "learning-rate", "0.005"));
    planned.put(
        "mult-vae", Map.of("epochs", "20", "batch-size", "100", "hidden", "100", "latent", "32"));
    return planned;
  }

  private <O extends Record> Entry train(
      Console console,
      Method<O> method,
      Map<String, String> options,
      SplitData data,
      String[] titles,
      int threadCount) {
    O read =
        method.read(Settings.parse("method '" + method.name() + "'", method.options(), options));
    long started = System.nanoTime();
    TrainedModel model;
    try (Progress progress = new Progress(console)) {
      Run run = Run.seeded(seed).withThreads(threadCount).withListener(progress);
      model = method.fit(data.train(), read, run).withTitles(titles);
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    Path directory = out.resolve(method.name());
    new ModelStore().write(model, directory);
    Evaluation evaluation =
        Measuring.evaluate(
            model.model(),
            data.test(),
            data.train(),
            AmongOption.Items.ALL,
            Measuring.metrics("10,50", List.of("ndcg", "recall", "coverage")),
            threadCount);
    return new Entry(model, evaluation, seconds, directory);
  }

  private static double headline(Entry entry) {
    return entry.evaluation().metrics().get(HEADLINE);
  }

  /** The user whose history is nearest to a dozen items: long enough to show a taste. */
  private static int shownUser(Interactions train) {
    int best = 0;
    for (int u = 1; u < train.userCount(); u++) {
      if (Math.abs(train.degree(u) - 12) < Math.abs(train.degree(best) - 12)) {
        best = u;
      }
    }
    return best;
  }

  private static int[] history(TrainedModel model, int user) {
    int[] starts = model.seen().rowStart();
    return Arrays.copyOfRange(model.seen().itemIds(), starts[user], starts[user + 1]);
  }

  private void print(
      Console console, List<Entry> entries, Entry best, int user, List<RankedItem> recommended) {
    console.line("");
    console.line(console.bold("How well each method finds what was kept from it"));
    TextTable table =
        new TextTable().row("method", HEADLINE, "recall@10", "recall@50", "coverage@10", "seconds");
    Map<String, Double> bars = new LinkedHashMap<>();
    for (Entry entry : entries) {
      Map<String, Double> metrics = entry.evaluation().metrics();
      table.row(
          entry.model().method(),
          number(metrics.get(HEADLINE)),
          number(metrics.get("recall@10")),
          number(metrics.get("recall@50")),
          number(metrics.get("coverage@10")),
          String.format(Locale.ROOT, "%.1f", entry.seconds()));
      bars.put(entry.model().method(), metrics.get(HEADLINE));
    }
    table.lines().forEach(console::line);
    console.line("  " + MetricsReport.footing(best.evaluation()));
    console.line("");
    console.line(console.bold(HEADLINE));
    BarChart.lines(bars, 40).forEach(console::line);

    TrainedModel model = best.model();
    String id = model.users().id(user);
    int[] history = history(model, user);
    console.line("");
    console.line(console.bold("What user " + id + " has (" + history.length + " items)"));
    for (int j = 0; j < Math.min(SHOWN_HISTORY, history.length); j++) {
      console.line("  " + Visible.line(Models.shortTitle(model.title(history[j]))));
    }
    if (history.length > SHOWN_HISTORY) {
      console.line("  ...");
    }
    console.line("");
    console.line(console.bold("What " + model.method() + " recommends"));
    Models.itemTable(model, recommended).forEach(console::line);
    console.line("");
    String command = System.getProperty("tamis.command", "tamis");
    console.line("Data and models are in " + out + ". Go on with, for example:");
    console.line("  " + command + " recommend " + best.directory() + " --user " + id);
    console.line(
        "  " + command + " similar " + best.directory() + " --item " + recommended.get(0).id());
    console.line(
        "  "
            + command
            + " train "
            + out.resolve(GenerateCommand.INTERACTIONS)
            + " --method bpr --split random:0.8 --out my-model");
  }

  private Map<String, Object> tree(
      SplitData split, List<Entry> entries, Entry best, int user, List<RankedItem> recommended) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("directory", out.toString());
    tree.put("interactions", out.resolve(GenerateCommand.INTERACTIONS).toString());
    tree.put("users", split.train().userCount());
    tree.put("items", split.train().itemCount());
    tree.put("train_pairs", split.train().size());
    List<Map<String, Object>> methods = new ArrayList<>();
    for (Entry entry : entries) {
      Map<String, Object> method = new LinkedHashMap<>();
      method.put("method", entry.model().method());
      method.put("model", entry.directory().toString());
      method.put("metrics", entry.evaluation().metrics());
      method.put("seconds", entry.seconds());
      methods.add(method);
    }
    tree.put("methods", methods);
    tree.put("best", best.model().method());
    TrainedModel model = best.model();
    tree.put("user", model.users().id(user));
    List<Map<String, Object>> history = new ArrayList<>();
    for (int item : history(model, user)) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("id", model.items().id(item));
      entry.put("title", model.title(item).orElse(null));
      history.add(entry);
    }
    tree.put("history", history);
    tree.put("recommended", Models.itemList(recommended));
    return tree;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
