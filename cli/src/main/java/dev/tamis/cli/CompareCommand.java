package dev.tamis.cli;

import dev.tamis.config.TamisException;
import dev.tamis.eval.MetricId;
import dev.tamis.kernels.Workers;
import dev.tamis.lab.Budget;
import dev.tamis.lab.FinishedTrial;
import dev.tamis.lab.Protocol;
import dev.tamis.lab.TrainingData;
import dev.tamis.lab.Trial;
import dev.tamis.lab.TrialStore;
import dev.tamis.lab.compare.Comparison;
import dev.tamis.lab.compare.ComparisonDocument;
import dev.tamis.lab.compare.ComparisonPage;
import dev.tamis.lab.compare.Contender;
import dev.tamis.lab.compare.Question;
import dev.tamis.lab.compare.Trials;
import dev.tamis.lab.page.Json;
import dev.tamis.lab.page.Sizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code tamis compare}: which method is better, by how much, how surely, at what cost. */
@Command(
    name = "compare",
    header = "Compare methods on the same split and users, with intervals and tests.",
    description = {
      "Trains each method with each seed and measures all on the same users. Says which differences"
          + " are more than chance, over users and over seeds, corrected for the number of pairs."
          + " What is finished stays in DIR/trials: run the same command again after a stop, and it"
          + " goes on."
    },
    footer = {
      "  tamis compare data.csv --methods most-popular,bpr,mult-vae --out report",
      "  tamis compare data.csv --methods bpr,wide=bpr --set wide.dim=128 --seeds 1,2,3 \\%n"
          + "      --budget 30m --out report",
      "  tamis compare data.csv --methods bpr,pris --assert 'pris>bpr' --out report",
    })
final class CompareCommand implements Callable<Integer> {
  private static final String DEFAULT_SPLIT = "random:0.8:0.1";

  @ParentCommand private Tamis tamis;
  @Mixin private CommonOptions common;

  @Parameters(
      index = "0",
      paramLabel = "INTERACTIONS",
      description = "A file with a row a pair of user and item.")
  private Path file;

  @Option(
      names = "--methods",
      required = true,
      split = ",",
      hideParamSyntax = true,
      paramLabel = "METHOD,METHOD,...",
      description = "What to compare; NAME=METHOD for a method under a name of its own.")
  private List<String> methods;

  @Option(
      names = "--seeds",
      split = ",",
      hideParamSyntax = true,
      paramLabel = "S,S,...",
      defaultValue = "1,2,3",
      description =
          "The seeds that each is trained with; with one alone nothing is said of other seeds"
              + " (default: ${DEFAULT-VALUE}).")
  private List<Long> seeds;

  @Option(
      names = "--set",
      paramLabel = "[NAME.]OPTION=VALUE",
      description = "An option of one method, or of all that have it. Repeat for more.")
  private List<String> set = new ArrayList<>();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where report, results and finished trials go.")
  private Path out;

  @Mixin private SplitOptions split;

  @Option(
      names = "--split-seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Keys the split, the bootstrap and the coins (default: ${DEFAULT-VALUE}).")
  private long splitSeed;

  @Option(
      names = "--metric",
      paramLabel = "NAME@K",
      defaultValue = "ndcg@50",
      description = "What validation and verdict go by (default: ${DEFAULT-VALUE}).")
  private String metric;

  @Option(
      names = "--at",
      paramLabel = "K,K,...",
      description = "Cut-offs of the other metrics (default: that of --metric).")
  private String at;

  @Option(
      names = "--patience",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Stop a training after so many validations without a new best, 0 for never (default:"
              + " ${DEFAULT-VALUE}).")
  private int patience;

  @Option(
      names = "--valid-every",
      paramLabel = "EPOCHS",
      defaultValue = "1",
      description = "Validate every so many epochs (default: ${DEFAULT-VALUE}).")
  private int validEvery;

  @Option(
      names = "--with",
      paramLabel = "DIR",
      description =
          "Take in the finished trials of another comparison, too; refused unless they are of the"
              + " same data and protocol. Repeat for more.")
  private List<Path> with = new ArrayList<>();

  @Option(
      names = "--against",
      paramLabel = "NAME",
      description = "Compare all with this one, instead of all pairs: fewer tests find more.")
  private String against;

  @Option(
      names = "--assert",
      paramLabel = "A>B",
      description = "End with exit code 1 unless it is supported that A is better than B.")
  private List<String> assertions = new ArrayList<>();

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      description =
          "Wall clock for training and measuring, as 30m: what does not fit is listed as not run.")
  private String budget;

  @Option(
      names = "--resamples",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Resamples of the bootstrap (default: ${DEFAULT-VALUE}).")
  private int resamples;

  @Option(
      names = "--threads",
      paramLabel = "T",
      description = "Threads (default: one a processor). They change nothing but times.")
  private Integer threads;

  @Option(
      names = "--max-memory",
      paramLabel = "SIZE",
      description = "Refuse to start if a method needs more, for example 4G (default: the heap).")
  private String maxMemory;

  @Option(
      names = "--no-times",
      description = "Leave times out; what is left is the same on every run and machine.")
  private boolean noTimes;

  @Mixin private ReaderOptions reader;

  @Override
  public Integer call() {
    Console console = common.console(tamis.terminal());
    int threadCount = Limits.threads(threads);
    Long memory = maxMemory == null ? null : Sizes.parse("--max-memory", maxMemory);
    List<Entrants.Entrant> entrants = Entrants.read(methods, set);
    List<String> names = entrants.stream().map(Entrants.Entrant::name).toList();
    checkSeeds();
    Limits.within("--patience", patience, 0, Integer.MAX_VALUE);
    Limits.within("--valid-every", validEvery, 1, Integer.MAX_VALUE);
    if (against != null && !names.contains(against)) {
      throw Comparison.unknown(against, names);
    }
    List<Claim> claims = assertions.stream().map(text -> Claim.parse(text, names)).toList();
    claims.forEach(claim -> claim.requireAsked(against));
    Question question =
        new Question(
            MetricId.parse(metric).toString(), Optional.ofNullable(against), resamples, splitSeed);
    Budget time =
        budget == null ? Budget.unlimited() : Budget.seconds(Durations.seconds("--budget", budget));
    boolean byDefault = split.byDefault(DEFAULT_SPLIT);
    split.splitter(); // refuses what is wrong before the data are read
    Limits.creatable("--out", out);
    List<MetricId> metrics = metrics();

    if (byDefault) {
      console.note("split %s, seed %d", DEFAULT_SPLIT, splitSeed);
    }
    TrainingData data = split.read(console, file, reader, splitSeed);
    if (data.test().isEmpty()) {
      throw TamisException.usage("compare needs test data: give --test FILE as well, or --split");
    }
    if (data.validation().isEmpty() && (patience > 0 || validEvery > 1)) {
      throw TamisException.usage(
          "--patience and --valid-every are about validation data, but there is none; give --valid"
              + " FILE, or a split with validation such as --split random:0.8:0.1");
    }
    Protocol protocol =
        new Protocol(data, metrics, new Protocol.Stopping(metric, validEvery, patience));
    Trials trials =
        new Trials(new TrialStore(out.resolve("trials"), console::warn), time, threadCount);
    List<FinishedTrial> others = others(console, entrants.get(0), protocol);
    run(console, entrants, protocol, trials, threadCount, memory);
    List<String> all = new ArrayList<>(names);
    others.forEach(trial -> trials.takeUp(trial, all));
    Optional<Comparison> comparison;
    List<Contender> contenders = trials.contenders(all);
    try (Workers workers = new Workers(threadCount)) {
      comparison =
          contenders.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  Comparison.of(contenders, question, data.test().orElseThrow().input(), workers));
    }
    return report(console, comparison, trials, claims);
  }

  /** The trials of --with, which must be on the same ground as those that are to be run. */
  private List<FinishedTrial> others(Console console, Entrants.Entrant some, Protocol protocol) {
    List<FinishedTrial> others = new ArrayList<>();
    for (Path directory : with) {
      for (FinishedTrial trial : new TrialStore(directory.resolve("trials"), console::warn).all()) {
        new Trial(protocol, some.method(), some.settings(), seeds.get(0))
            .key()
            .requireComparable(trial.key());
        others.add(trial);
      }
    }
    return others;
  }

  private void run(
      Console console,
      List<Entrants.Entrant> entrants,
      Protocol protocol,
      Trials trials,
      int threadCount,
      Long memory) {
    Map<Trial, String> all = new LinkedHashMap<>();
    for (long seed : seeds) {
      for (Entrants.Entrant entrant : entrants) {
        Trial trial = new Trial(protocol, entrant.method(), entrant.settings(), seed);
        new PlanReport(trial.plan(threadCount), protocol.data(), memory).requireFit();
        all.put(trial, entrant.name());
      }
    }
    int[] number = {0};
    try (Trainings trainings = new Trainings(console)) {
      all.forEach(
          (trial, name) -> {
            number[0]++;
            trials.run(
                name,
                trial,
                (contender, next, done) ->
                    trainings.next(
                        "trial %d of %d: %s, seed %d%s",
                        number[0],
                        all.size(),
                        contender,
                        next.key().seed(),
                        done ? ", finished before" : ""));
          });
    }
  }

  private int report(
      Console console, Optional<Comparison> comparison, Trials trials, List<Claim> claims) {
    Map<String, Object> document = ComparisonDocument.tree(comparison, trials.notRun(), !noTimes);
    boolean supported = true;
    List<Map<String, Object>> asserted = new ArrayList<>();
    for (Claim claim : claims) {
      boolean holds = comparison.map(claim::holds).orElse(false);
      supported &= holds;
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("better", claim.better());
      one.put("worse", claim.worse());
      one.put("supported", holds);
      asserted.add(one);
    }
    document.put("assertions", asserted);
    Path page = out.resolve("report.html");
    if (comparison.isPresent()) {
      Outputs.write(page, ComparisonPage.of(comparison.get(), trials.notRun(), !noTimes, document));
    } else {
      delete(page); // of an earlier run, which says what this one does not
    }
    Outputs.write(out.resolve("comparison.json"), Json.write(document) + "\n");
    if (console.json()) {
      console.json(document);
    } else {
      comparison.ifPresent(c -> ComparisonReport.lines(c, !noTimes).forEach(console::line));
    }
    trials
        .notRun()
        .forEach(
            trial ->
                console.warn(
                    "not run: "
                        + trial.contender()
                        + ", seed "
                        + trial.seed()
                        + ": "
                        + trial.reason()));
    for (Claim claim : claims) {
      boolean holds = comparison.map(claim::holds).orElse(false);
      console.note(
          "%s > %s: %s", claim.better(), claim.worse(), holds ? "supported" : "not supported");
    }
    console.note(
        "%s", comparison.isPresent() ? "the report is in " + page : "nothing was finished");
    return supported ? 0 : TamisException.Kind.CHECK_FAILED.exitCode();
  }

  private static void delete(Path target) {
    try {
      Files.deleteIfExists(target);
    } catch (IOException e) {
      throw new TamisException(
          TamisException.Kind.IO, "cannot delete " + target + ": " + Reasons.of(e), e);
    }
  }

  private void checkSeeds() {
    if (seeds.stream().distinct().count() < seeds.size()) {
      throw TamisException.usage("--seeds has a seed twice; give each once");
    }
  }

  /** All metrics at the cut-offs asked for, and the one that decides. */
  private List<MetricId> metrics() {
    MetricId deciding = MetricId.parse(metric);
    int k = deciding.k() > 0 ? deciding.k() : 10;
    List<MetricId> metrics =
        new ArrayList<>(Measuring.metrics(at == null ? Integer.toString(k) : at, List.of()));
    if (!metrics.contains(deciding)) {
      metrics.add(deciding);
    }
    return metrics;
  }
}
