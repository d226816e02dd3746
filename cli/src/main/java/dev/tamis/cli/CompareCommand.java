package dev.tamis.cli;

import dev.tamis.config.Reasons;
import dev.tamis.config.TamisException;
import dev.tamis.eval.MetricId;
import dev.tamis.eval.Metrics;
import dev.tamis.kernels.Workers;
import dev.tamis.lab.Budget;
import dev.tamis.lab.FinishedTrial;
import dev.tamis.lab.Protocol;
import dev.tamis.lab.TrainingData;
import dev.tamis.lab.Trial;
import dev.tamis.lab.TrialKey;
import dev.tamis.lab.TrialStore;
import dev.tamis.lab.compare.Comparison;
import dev.tamis.lab.compare.ComparisonDocument;
import dev.tamis.lab.compare.ComparisonPage;
import dev.tamis.lab.compare.Contender;
import dev.tamis.lab.compare.Question;
import dev.tamis.lab.compare.Trials;
import dev.tamis.lab.page.Json;
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
      "  tamis compare data.csv --methods bpr,ssl-pop --item-features items.csv --out report",
      "  tamis compare data.csv --methods bpr,pris --assert 'pris>bpr' --out report",
    })
final class CompareCommand implements Callable<Integer> {
  private static final String DEFAULT_SPLIT = "random:0.8:0.1";

  @ParentCommand private Tamis tamis;
  @Mixin private ConsoleOptions common;

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

  @Mixin private SeedsOptions seeds;

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

  @Mixin private FeatureOptions features;

  @Mixin private StoppingOptions stopping;

  @Option(
      names = "--at",
      paramLabel = "K,K,...",
      description = "Cut-offs of the other metrics (default: that of --metric).")
  private String at;

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

  @Mixin private BudgetOption budget;

  @Option(
      names = "--resamples",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Resamples of the bootstrap (default: ${DEFAULT-VALUE}).")
  private int resamples;

  @Mixin private ThreadsOption threads;

  @Mixin private MemoryOption memory;

  @Option(
      names = "--no-times",
      description = "Leave times out; what is left is the same on every run and machine.")
  private boolean noTimes;

  @Mixin private ReaderOptions reader;

  @Override
  public Integer call() {
    Console console = common.console(tamis.terminal());
    int threadCount = threads.count();
    Long mostBytes = memory.bytes();
    List<Entrants.Entrant> entrants = Entrants.read(methods, set);
    List<String> names = entrants.stream().map(Entrants.Entrant::name).toList();
    seeds.ofTrainings(); // refuses what is wrong
    stopping.check();
    checkFeatures(console, entrants);
    if (with.isEmpty()) {
      claims(names); // refuses what is wrong before the data are read
    }
    Question question =
        new Question(
            stopping.metric().toString(), Optional.ofNullable(against), resamples, seeds.ofSplit());
    Budget time = budget.begin();
    split.byDefault(DEFAULT_SPLIT);
    split.splitter(); // refuses what is wrong before the data are read
    split.requireTest("compare");
    Limits.creatable("--out", out);
    List<MetricId> metrics = metrics();

    TrainingData data = split.read(console, file, reader, features, seeds.ofSplit());
    stopping.requireValidation(data);
    Protocol protocol =
        new Protocol(
            data,
            metrics,
            new Protocol.Stopping(
                stopping.metric().toString(), stopping.everyEpochs(), stopping.patience(0)));
    Trials trials =
        new Trials(new TrialStore(out.resolve("trials"), console::warn), time, threadCount);
    Map<Trial, String> asked = trials(entrants, protocol, threadCount, mostBytes);
    List<String> all =
        trials.expect(asked, others(console, asked.keySet().iterator().next().key()));
    List<Claim> claims = claims(all);
    run(console, asked, trials);
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

  private void checkFeatures(Console console, List<Entrants.Entrant> entrants) {
    features.check();
    if (!features.areGiven()) {
      return;
    }
    List<String> without =
        entrants.stream()
            .filter(entrant -> !entrant.method().takesFeatures())
            .map(Entrants.Entrant::name)
            .toList();
    if (without.size() == entrants.size()) {
      throw TamisException.config(
          "none of these methods takes features; leave --item-features and --user-features out, or"
              + " compare with a method that takes some, such as ssl-pop or bir");
    }
    if (!without.isEmpty()) {
      console.note("trained without features, as they take none: %s", String.join(", ", without));
    }
  }

  /** What --assert says, once it is certain that it and --against are about contenders. */
  private List<Claim> claims(List<String> names) {
    if (against != null && !names.contains(against)) {
      throw Comparison.unknown(against, names);
    }
    List<Claim> claims = assertions.stream().map(text -> Claim.parse(text, names)).toList();
    claims.forEach(claim -> claim.requireAsked(against));
    return claims;
  }

  /** The trials of --with, which must be on the same ground as those that are to be run. */
  private List<FinishedTrial> others(Console console, TrialKey asked) {
    List<FinishedTrial> others = new ArrayList<>();
    for (Path directory : with) {
      for (FinishedTrial trial : new TrialStore(directory.resolve("trials"), console::warn).all()) {
        asked.requireComparable(trial.key());
        others.add(trial);
      }
    }
    return others;
  }

  /** Every trial with its contender: all with the first seed before any with the second. */
  private Map<Trial, String> trials(
      List<Entrants.Entrant> entrants, Protocol protocol, int threadCount, Long mostBytes) {
    Map<Trial, String> all = new LinkedHashMap<>();
    for (long seed : seeds.ofTrainings()) {
      for (Entrants.Entrant entrant : entrants) {
        Trial trial = new Trial(protocol, entrant.method(), entrant.settings(), seed);
        new PlanReport(trial.plan(threadCount), protocol.data(), mostBytes).requireFit();
        all.put(trial, entrant.name());
      }
    }
    return all;
  }

  private static void run(Console console, Map<Trial, String> all, Trials trials) {
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

  /** All metrics at the cut-offs asked for, and the one that decides. */
  private List<MetricId> metrics() {
    MetricId deciding = stopping.metric();
    if (!Metrics.hasUserValues(deciding.name())) {
      throw TamisException.usage(
          "--metric "
              + deciding
              + " has no value for each user, which comparing needs; choose another, such as"
              + " ndcg@50");
    }
    int k = deciding.k() > 0 ? deciding.k() : 10;
    List<MetricId> metrics =
        new ArrayList<>(Measuring.metrics(at == null ? Integer.toString(k) : at, List.of()));
    if (!metrics.contains(deciding)) {
      metrics.add(deciding);
    }
    return metrics;
  }
}
