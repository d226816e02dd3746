package dev.tamis.cli;

import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.lab.Budget;
import dev.tamis.lab.Protocol;
import dev.tamis.lab.TrainingData;
import dev.tamis.lab.TrialResult;
import dev.tamis.lab.TrialStore;
import dev.tamis.lab.page.Json;
import dev.tamis.lab.tune.Attempt;
import dev.tamis.lab.tune.Dimension;
import dev.tamis.lab.tune.PaperGrids;
import dev.tamis.lab.tune.Space;
import dev.tamis.lab.tune.Strategy;
import dev.tamis.lab.tune.Tuning;
import dev.tamis.lab.tune.TuningDocument;
import dev.tamis.lab.tune.TuningPage;
import dev.tamis.method.Method;
import dev.tamis.method.Methods;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code tamis tune}: which options of a method do best on validation data. */
@Command(
    name = "tune",
    header = "Search the options of a method, on validation data alone.",
    description = {
      "Trains candidate after candidate and ranks them by --metric at their best epoch. Test data"
          + " are set aside and not looked at. What is finished stays in DIR/trials: run the same"
          + " command again after a stop, or with more --trials, and it goes on."
    },
    footer = {
      "  tamis tune data.csv --method bpr --space l2=0.0001..0.1:log --space dim=32,64 --out"
          + " search",
      "  tamis tune data.csv --method pris --paper --out search",
      "  tamis tune data.csv --method mult-vae --space dropout=0.2..0.8 --space kl-cap=0..1 \\%n"
          + "      --search halving --trials 27 --budget 30m --out search",
    })
final class TuneCommand implements Callable<Integer> {
  private static final String DEFAULT_SPLIT = "random:0.8:0.1";
  private static final int SHOWN = 10;

  /** How candidates are chosen. */
  enum Search {
    RANDOM,
    GRID,
    HALVING
  }

  @ParentCommand private Tamis tamis;
  @Mixin private ConsoleOptions common;

  @Parameters(
      index = "0",
      paramLabel = "INTERACTIONS",
      description = "A file with a row a pair of user and item.")
  private Path file;

  @Option(
      names = "--method",
      required = true,
      paramLabel = "NAME",
      description = "Whose options; 'tamis methods NAME' lists them.")
  private String methodName;

  @Option(
      names = "--space",
      paramLabel = "OPTION=VALUES",
      description = "What to search: A,B,C or LOW..HIGH or LOW..HIGH:log. Repeat for more options.")
  private List<String> spaces = new ArrayList<>();

  @Option(
      names = "--paper",
      description = "Search what the paper of the method searches, all of it.")
  private boolean paper;

  @Option(
      names = "--set",
      paramLabel = "OPTION=VALUE",
      description = "An option that stays the same. Repeat for more.")
  private List<String> set = new ArrayList<>();

  @Option(
      names = "--search",
      paramLabel = "HOW",
      description =
          "random, grid, or halving: many with few epochs, the best third with three times as"
              + " many, and so on (default: random; grid with --paper).")
  private String search;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "How many candidates are drawn (default: 20).")
  private Integer trials;

  @Mixin private BudgetOption budget;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where report.html, results.json and finished trials go.")
  private Path out;

  @Mixin private SplitOptions split;

  @Mixin private FeatureOptions features;

  @Mixin private StoppingOptions stopping;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Keys split, candidates and trainings (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Mixin private ThreadsOption threads;

  @Mixin private ReaderOptions reader;

  @Override
  public Integer call() {
    Console console = common.console(tamis.terminal());
    Method<?> method = Methods.named(methodName);
    int threadCount = threads.count();
    stopping.check();
    features.check();
    if (features.areGiven()) {
      method.requireFeatures();
    }
    Map<String, String> fixed =
        Settings.parse("method '" + method.name() + "'", method.options(), SetOptions.texts(set))
            .given();
    Space space = space(method, fixed);
    Strategy strategy = strategy(method, space, fixed);
    Budget time = budget.begin();
    split.byDefault(DEFAULT_SPLIT);
    split.splitter(); // refuses what is wrong before the data are read
    Limits.creatable("--out", out);

    TrainingData data = split.read(console, file, reader, features, seed);
    if (data.validation().isEmpty()) {
      throw TamisException.usage(
          "tune needs validation data: a split with validation such as --split random:0.8:0.1, or"
              + " --valid FILE");
    }
    TrainingData withoutTest =
        new TrainingData(data.train(), data.validation(), Optional.empty(), data.features());
    Protocol protocol =
        new Protocol(
            withoutTest,
            List.of(),
            new Protocol.Stopping(
                stopping.metric().toString(), stopping.everyEpochs(), stopping.patience(3)));
    Tuning tuning = new Tuning(method, fixed, strategy, protocol, seed);
    TrialStore store = new TrialStore(out.resolve("trials"), console::warn);
    try (Trainings trainings = new Trainings(console)) {
      tuning.run(
          store,
          time,
          threadCount,
          (round, candidate, number, all) ->
              trainings.next(
                  "round %d, trial %d of %d: %s%s",
                  round,
                  number,
                  all,
                  candidate.options(),
                  candidate.epochs().map(epochs -> ", " + epochs + " epochs").orElse("")));
    }
    report(console, tuning, space);
    return 0;
  }

  private Space space(Method<?> method, Map<String, String> fixed) {
    if (paper && !spaces.isEmpty()) {
      throw TamisException.usage("--paper says what to search; leave --space out, or --paper");
    }
    List<String> texts = paper ? PaperGrids.of(method.name()) : spaces;
    if (texts.isEmpty()) {
      throw TamisException.usage(
          "tune needs something to search: --space OPTION=VALUES, or --paper for what the paper"
              + " searches");
    }
    Space space =
        new Space(texts.stream().map(text -> Dimension.parse(text, method.options())).toList());
    for (String option : space.options()) {
      if (fixed.containsKey(option)) {
        throw TamisException.usage(
            "option '" + option + "' is set and searched; do one or the other");
      }
    }
    return space;
  }

  private Strategy strategy(Method<?> method, Space space, Map<String, String> fixed) {
    Search usual = paper ? Search.GRID : Search.RANDOM;
    Search how = search == null ? usual : Words.one("--search", search, Words.of(Search.values()));
    if (how == Search.GRID) {
      if (trials != null) {
        throw TamisException.usage("a grid is searched whole; leave --trials out");
      }
      return Strategy.points(space.grid());
    }
    int points = trials == null ? 20 : trials;
    Limits.within("--trials", points, 1, 100_000);
    List<SortedMap<String, String>> drawn = space.draw(points, seed);
    if (how == Search.HALVING && space.options().contains("epochs")) {
      throw TamisException.usage(
          "--search halving gives each candidate its epochs, so --space epochs=... has no place;"
              + " set the most with --set epochs=N, or search at random");
    }
    return how == Search.RANDOM
        ? Strategy.points(drawn)
        : Strategy.halving(drawn, epochs(method, fixed), rounds(drawn.size()), 3);
  }

  /** As many as leave a candidate or two for the last one. */
  private static int rounds(int points) {
    int rounds = 1;
    for (int left = points; left > 2; left = (left + 2) / 3) {
      rounds++;
    }
    return rounds;
  }

  private static int epochs(Method<?> method, Map<String, String> fixed) {
    return method.options().stream()
        .filter(option -> option.name().equals("epochs"))
        .map(option -> fixed.getOrDefault("epochs", option.defaultValue().toString()))
        .map(Integer::valueOf)
        .findFirst()
        .orElseThrow(
            () ->
                TamisException.usage(
                    "method '" + method.name() + "' has no epochs to halve; search at random"));
  }

  private void report(Console console, Tuning tuning, Space space) {
    String metric = stopping.metric().toString();
    Optional<String> command = tuning.best().map(best -> command(tuning, best));
    Map<String, Object> tree = TuningDocument.tree(tuning, space, command, true);
    Outputs.write(out.resolve("results.json"), Json.write(tree) + "\n");
    Outputs.write(out.resolve("report.html"), TuningPage.of(tuning, space, command));
    if (console.json()) {
      console.json(tree);
      return;
    }
    TextTable table =
        new TextTable().row("round", "number", metric, "epochs", "seconds", "options");
    tuning.ranked().stream()
        .limit(SHOWN)
        .forEach(
            a ->
                table.row(
                    Integer.toString(a.round()),
                    Integer.toString(a.candidate().number()),
                    String.format(Locale.ROOT, "%.4f", a.value(metric).getAsDouble()),
                    Integer.toString(result(a).epochs()),
                    String.format(
                        Locale.ROOT, "%.1f", a.trial().orElseThrow().cost().trainSeconds()),
                    a.candidate().options().toString()));
    table.lines().forEach(console::line);
    for (Attempt attempt : tuning.attempts()) {
      attempt
          .failure()
          .ifPresent(
              why -> console.warn("no result for " + attempt.candidate().options() + ": " + why));
    }
    if (tuning.wasCutShort()) {
      console.note("the budget ended before the search; run the same command again to go on");
    }
    boolean phases = tuning.best().filter(best -> result(best).phases() > 1).isPresent();
    if (phases) {
      console.note(
          "several models are trained one after another, each to its best epoch by validation;"
              + " to have the same, train with --valid FILE and --metric %s",
          metric);
    }
    command.ifPresentOrElse(
        typed -> console.line("best: " + typed),
        () -> console.warn("no candidate has a result yet"));
    console.note("all %d trials are in %s", tuning.attempts().size(), out.resolve("report.html"));
  }

  /** What to type to train with the options found, on all the data. */
  private String command(Tuning tuning, Attempt best) {
    CommandText command = new CommandText("tamis train").word(file).option("--method", methodName);
    reader.type(command);
    features.type(command);
    TrialResult result = result(best);
    SortedMap<String, String> changed = tuning.changed(best.candidate());
    // Models that are trained one after another were stopped at epochs of their own, which no
    // option names: they keep what was set.
    if (result.phases() == 1 && result.epochs() > 0) {
      changed.remove("epochs");
      command.option("--epochs", result.epochs());
    }
    changed.forEach((name, value) -> command.option("--set", name + "=" + value));
    return command.option("--seed", seed).option("--out", "model").toString();
  }

  private static TrialResult result(Attempt attempt) {
    return attempt.trial().orElseThrow().result();
  }
}
