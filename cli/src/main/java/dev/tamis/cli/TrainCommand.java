package dev.tamis.cli;

import dev.tamis.artifact.CheckpointDirectory;
import dev.tamis.artifact.ModelStore;
import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.eval.Evaluation;
import dev.tamis.eval.MetricId;
import dev.tamis.kernels.Workers;
import dev.tamis.lab.TrainingData;
import dev.tamis.method.CommonOptions;
import dev.tamis.method.Method;
import dev.tamis.method.Methods;
import dev.tamis.train.Checkpoints;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import dev.tamis.train.TrainingListener;
import dev.tamis.train.Validation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code tamis train}: from interactions to a model directory. */
@Command(
    name = "train",
    header = "Train a model on a file of interactions.",
    footer = {
      "  tamis train ratings.csv --method bpr --out model",
      "  tamis train ratings.csv --method bpr --split random:0.8 --set dim=64 --epochs 30 --out"
          + " model",
      "  tamis train ratings.csv --method mult-vae --split heldout-users --users 1000 --foldin 0.8"
          + " --out model",
      "  tamis train ratings.csv --method ssl-pop --item-features items.tsv --split random:0.8"
          + " --out model",
      "  tamis train ratings.csv --method ssl-pop --item-features items.tsv --split cold-items:0.1"
          + " \\%n      --among cold-items --out model",
      "  tamis train train.tsv --valid valid.tsv --test test.tsv --method mult-vae \\%n"
          + "      --metric ndcg@50 --patience 10 --checkpoint state --out model",
    })
final class TrainCommand implements Callable<Integer> {
  private static final String EPOCHS = CommonOptions.EPOCHS.name();
  private static final String TRAINING = "train"; // its phase in the run log

  @ParentCommand private Tamis tamis;
  @Spec private CommandSpec spec;
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
      description = "What to train; 'tamis methods' lists them.")
  private String methodName;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where the model goes; an earlier model there is replaced.")
  private Path out;

  @Option(
      names = "--set",
      paramLabel = "OPTION=VALUE",
      description = "An option of the method; 'tamis methods NAME' lists them. Repeat for more.")
  private List<String> set = new ArrayList<>();

  @Option(names = "--epochs", paramLabel = "N", description = "Short for --set epochs=N.")
  private String epochs;

  @Mixin private SplitOptions split;

  @Mixin private FeatureOptions features;

  @Mixin private StoppingOptions stopping;

  @Option(
      names = "--at",
      paramLabel = "K,K,...",
      defaultValue = "10,20,50",
      description = "Cut-offs of the metrics on the test data (default: ${DEFAULT-VALUE}).")
  private String at;

  @Mixin private AmongOption among;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Keys every random number (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Mixin private ThreadsOption threads;

  @Option(
      names = "--items",
      paramLabel = "FILE",
      description = "Titles of items: a table with an id and a title column.")
  private Path titles;

  @Option(
      names = "--checkpoint",
      paramLabel = "DIR",
      description = "Keep the state of training there.")
  private Path checkpoint;

  @Option(
      names = "--checkpoint-every-epoch",
      description =
          "Keep the state after every epoch (default: for at most a twentieth of the time).")
  private boolean everyEpoch;

  @Option(
      names = "--resume",
      description = "Go on from the state in --checkpoint, if there is one.")
  private boolean resume;

  @Mixin private MemoryOption memory;

  @Option(
      names = {"--plan", "--dry-run"},
      description = "Print the memory plan and train nothing.")
  private boolean planOnly;

  @Mixin private ReaderOptions reader;

  /** What is settled before training begins. */
  private record Job<O extends Record>(
      Method<O> method,
      O options,
      TrainingData data,
      String[] titles, // null without
      Run run,
      PlanReport plan) {
    TrainedModel fit(TrainingListener listener, Checkpoints checkpoints) {
      TrainedModel model =
          method.fit(
              data.train(),
              data.features(),
              options,
              run.withListener(listener).withCheckpoints(checkpoints));
      return titles == null ? model : model.withTitles(titles);
    }
  }

  @Override
  public Integer call() {
    return train(common.console(tamis.terminal()), Methods.named(methodName));
  }

  private <O extends Record> int train(Console console, Method<O> method) {
    O options = method.read(settings(method));
    int threadCount = threads.count();
    Long mostBytes = memory.bytes();
    List<MetricId> metrics = Measuring.metrics(at, List.of());
    check(method);
    RunLog log = new RunLog(spec.commandLine().getParseResult().originalArgs(), threadCount, seed);
    Job<O> job = prepare(console, method, options, threadCount, mostBytes);
    requireSomethingToFind(job.data(), metrics);
    log.phaseDone("read");
    if (planOnly) {
      showPlan(console, job.plan());
      return 0;
    }
    job.plan().show(console);
    job.plan().requireFit();
    TrainedModel model = fit(console, job, log);
    Optional<Evaluation> evaluation = evaluate(model, job, metrics);
    log.phaseDone("evaluate");
    Map<String, Object> result = result(model, evaluation);
    log.put("result", result).write(RunLog.beside(out));
    print(console, model, evaluation, log.seconds(TRAINING), result);
    return 0;
  }

  /** Refuses what is wrong before the data are read. */
  private void check(Method<?> method) {
    among.items();
    stopping.check();
    features.check();
    if (features.areGiven()) {
      method.requireFeatures();
    }
    split.splitter();
    if (resume && checkpoint == null) {
      throw TamisException.usage("--resume needs --checkpoint DIR, where the state was kept");
    }
    if (everyEpoch && checkpoint == null) {
      throw TamisException.usage("--checkpoint-every-epoch needs --checkpoint DIR");
    }
    Limits.requireApart("--checkpoint", checkpoint, out);
    reader.requireApart(out, titles);
    if (!planOnly) {
      Limits.creatable("--out", out);
      new ModelStore().checkPlace(out);
      if (checkpoint != null) {
        Limits.creatable("--checkpoint", checkpoint);
      }
    }
  }

  private <O extends Record> Job<O> prepare(
      Console console, Method<O> method, O options, int threadCount, Long mostBytes) {
    TrainingData data = split.read(console, file, reader, features, seed);
    String[] itemTitles = Titles.read(console, titles, data.train().items());
    boolean ranksUnseen = method.ranksUnseenUsers(data.features(), options);
    data.test().ifPresent(test -> test.requireUsersKnownTo("this model", ranksUnseen));
    data.validation().ifPresent(some -> some.requireUsersKnownTo("this model", ranksUnseen));
    Run run = run(threadCount, data);
    MemoryPlan plan = method.plan(data.train(), data.features(), options, run);
    return new Job<>(method, options, data, itemTitles, run, new PlanReport(plan, data, mostBytes));
  }

  /** Test data that cannot be measured are refused before hours of training. */
  private void requireSomethingToFind(TrainingData data, List<MetricId> metrics) {
    if (data.test().isEmpty() && !among.isAll()) {
      throw TamisException.usage(
          "--among says what of the test data is measured, but there are none; give --split or"
              + " --test, or leave --among out");
    }
    data.test()
        .ifPresent(
            test -> {
              try (Workers workers = new Workers(1)) {
                Measuring.evaluator(test, data.train(), among.items(), metrics, workers);
              }
            });
  }

  private static void showPlan(Console console, PlanReport plan) {
    if (console.json()) {
      console.json(Map.of("plan", plan.tree()));
    } else {
      plan.lines().forEach(console::line);
    }
    plan.requireFit();
  }

  /** Trains, and writes model and run log, the log as far as it goes without test data. */
  private TrainedModel fit(Console console, Job<?> job, RunLog log) {
    Progress progress = new Progress(console);
    Optional<CheckpointDirectory> checkpoints = openCheckpoints(console, job.method());
    try (progress;
        CheckpointDirectory open = checkpoints.orElse(null)) {
      if (open != null && hasEpochs(job.method())) {
        tamis
            .stopNotice()
            .advise("the same command with --resume goes on from what is in " + checkpoint);
      }
      TrainedModel model = job.fit(progress, open == null ? Checkpoints.NONE : open);
      progress.close();
      log.phaseDone(TRAINING);
      new ModelStore().write(model, out);
      tamis.stopNotice().advise(""); // the run is over: nothing is left to go on with
      if (open != null) {
        open.clear();
      }
      log.phaseDone("write");
      // Measuring may fail, and the model is there: how it came about is to be there, too.
      log.put("result", result(model, Optional.empty()))
          .put("memory_plan", job.plan().tree())
          .put("epochs", progress.history())
          .put("notes", progress.notes())
          .write(RunLog.beside(out));
      return model;
    }
  }

  private Optional<Evaluation> evaluate(TrainedModel model, Job<?> job, List<MetricId> metrics) {
    return job.data()
        .test()
        .map(
            test ->
                Measuring.evaluate(
                    model.model(),
                    test,
                    job.data().train(),
                    among.items(),
                    metrics,
                    job.run().threads()));
  }

  private static boolean hasEpochs(Method<?> method) {
    return method.options().stream().anyMatch(option -> option.name().equals(EPOCHS));
  }

  private Settings settings(Method<?> method) {
    Map<String, String> texts = SetOptions.texts(set);
    if (epochs != null) {
      if (!hasEpochs(method)) {
        throw TamisException.usage(
            "method '" + method.name() + "' has no epochs; leave --epochs out");
      }
      if (texts.put(EPOCHS, epochs) != null) {
        throw TamisException.usage("--epochs and --set epochs are the same option; give one");
      }
    }
    return Settings.parse("method '" + method.name() + "'", method.options(), texts);
  }

  private Run run(int threadCount, TrainingData data) {
    Run run = Run.seeded(seed).withThreads(threadCount);
    if (data.validation().isEmpty() && stopping.namesMetric()) {
      throw StoppingOptions.withoutValidation();
    }
    stopping.requireValidation(data);
    return data.validation()
        .map(
            heldOut ->
                run.withValidation(
                    new Validation(
                        heldOut,
                        stopping.metric().toString(),
                        stopping.everyEpochs(),
                        stopping.patience(0))))
        .orElse(run);
  }

  private Optional<CheckpointDirectory> openCheckpoints(Console console, Method<?> method) {
    if (checkpoint == null) {
      return Optional.empty();
    }
    CheckpointDirectory directory =
        everyEpoch
            ? CheckpointDirectory.openEager(checkpoint, console::warn)
            : CheckpointDirectory.open(checkpoint, console::warn);
    if (!resume && !directory.isEmpty()) {
      directory.close();
      throw new TamisException(
          TamisException.Kind.CONFLICT,
          "--checkpoint "
              + checkpoint
              + " holds the state of a run that has not ended; add --resume to go on with it, or"
              + " empty the directory to start anew");
    }
    if (!hasEpochs(method) && !directory.isEmpty()) {
      directory.close();
      throw new TamisException(
          TamisException.Kind.CONFLICT,
          "--checkpoint "
              + checkpoint
              + " holds the state of another run: method '"
              + method.name()
              + "' has no epochs and keeps none; name another directory");
    }
    return Optional.of(directory);
  }

  private Map<String, Object> result(TrainedModel model, Optional<Evaluation> evaluation) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("model", out.toString());
    tree.put("method", model.method());
    tree.put("options", model.options());
    tree.put("seed", model.seed());
    tree.put("epochs", model.epochs());
    Map<String, Object> data = new LinkedHashMap<>();
    Interactions train = model.seen();
    data.put("users", train.userCount());
    data.put("items", train.itemCount());
    data.put("pairs", train.size());
    data.put("fingerprint", model.fingerprint());
    tree.put("train", data);
    if (evaluation.isPresent()) {
      tree.putAll(MetricsReport.tree(evaluation.get()));
    } else {
      tree.put("metrics", Map.of());
    }
    return tree;
  }

  private void print(
      Console console,
      TrainedModel model,
      Optional<Evaluation> evaluation,
      double seconds,
      Map<String, Object> result) {
    if (console.json()) {
      console.json(result);
    } else if (evaluation.isPresent()) {
      MetricsReport.table(evaluation.get().metrics()).forEach(console::line);
      console.line("  " + MetricsReport.footing(evaluation.get()));
    }
    console.note(
        "%s trained in %s%s; the model is in %s",
        model.method(),
        Progress.duration(seconds),
        model.epochs() > 0 ? ", kept as it was after epoch " + model.epochs() : "",
        out);
  }
}
