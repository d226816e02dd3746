package dev.tamis.cli;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.TamisException;
import dev.tamis.data.HeldOut;
import dev.tamis.data.IdMap;
import dev.tamis.data.Interactions;
import dev.tamis.data.split.HeldOuts;
import dev.tamis.eval.ActivitySlices;
import dev.tamis.eval.Convention;
import dev.tamis.eval.Evaluation;
import dev.tamis.eval.Evaluator;
import dev.tamis.eval.MetricId;
import dev.tamis.eval.SampledEvaluator;
import dev.tamis.eval.SampledRows;
import dev.tamis.eval.SampledRowsFile;
import dev.tamis.kernels.Workers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code tamis evaluate}: how well a model finds what it has not seen. */
@Command(
    name = "evaluate",
    header = "Measure a model on test data, over the full catalogue.",
    footer = {
      "  tamis evaluate model --test test.tsv",
      "  tamis evaluate model --test test.tsv --at 5,10 --metrics ndcg,recall,auc --json",
      "  tamis evaluate model --test test.tsv --at 100 --metrics ndcg --slices activity:5",
      "  tamis evaluate model --test test.tsv --among cold-items",
      "  tamis evaluate model --negatives negatives.tsv --at 10",
      "  tamis evaluate model --test test.tsv --at 10 --compat recbole",
      "  tamis evaluate model --test test.tsv --at 100 --trec-run run.txt --trec-qrels qrels.txt",
    })
final class EvaluateCommand implements Callable<Integer> {
  @ParentCommand private Tamis tamis;
  @Mixin private ConsoleOptions common;

  @Parameters(index = "0", paramLabel = "MODEL_DIR", description = "A trained model.")
  private Path directory;

  @Option(names = "--test", paramLabel = "FILE", description = "What users should be recommended.")
  private Path test;

  @Option(
      names = "--train",
      paramLabel = "FILE",
      description =
          "What is known of the users and not to be found again (default: what the model was"
              + " trained on).")
  private Path train;

  @Option(
      names = "--negatives",
      paramLabel = "FILE",
      description =
          "Instead of --test: rows of user, item to find, and the items it is ranked against (the"
              + " protocol of NCF, tab-separated, negatives separated by spaces). The metrics have"
              + " names of their own.")
  private Path negatives;

  @Option(
      names = "--at",
      paramLabel = "K,K,...",
      defaultValue = "10,20,50",
      description = "Cut-offs (default: ${DEFAULT-VALUE}).")
  private String at;

  @Option(
      names = "--metrics",
      paramLabel = "NAME,NAME,...",
      split = ",",
      description = "Which metrics, with or without a cut-off (default: all but auc).")
  private List<String> metrics = new ArrayList<>();

  @Option(
      names = "--per-user",
      paramLabel = "FILE",
      description = "Write the values of every user as tab-separated values.")
  private Path perUser;

  @Option(
      names = "--slices",
      paramLabel = "activity:N",
      description =
          "Show the metrics also for N parts of the users, by how many items are known of them:"
              + " mean and standard error of each part.")
  private String slices;

  @Mixin private AmongOption among;

  @Option(
      names = "--compat",
      paramLabel = "LIBRARY",
      description =
          "Show the metrics of another library by its names and conventions: recbole, lenskit,"
              + " recpack, implicit or trec (docs/metrics.md).")
  private String compat;

  @Option(
      names = "--trec-run",
      paramLabel = "FILE",
      description = "Write the lists, as long as the largest cut-off, for trec_eval.")
  private Path trecRun;

  @Option(
      names = "--trec-qrels",
      paramLabel = "FILE",
      description = "Write what is to be found, for trec_eval.")
  private Path trecQrels;

  @Mixin private ThreadsOption threads;

  @Mixin private ReaderOptions reader;

  private Interactions known; // of the users that were measured
  private HeldOut heldOut;

  @Override
  public Integer call() {
    Console console = common.console(tamis.terminal());
    int threadCount = threads.count();
    if (test == null && negatives == null) {
      throw TamisException.usage("evaluate needs --test FILE, or --negatives FILE");
    }
    if (test != null && negatives != null) {
      throw TamisException.usage(
          "the items to find are those of --negatives or of --test; leave one of the two out");
    }
    if (negatives != null && !metrics.isEmpty()) {
      throw TamisException.usage(
          "--metrics chooses among those of the full catalogue; with --negatives there are always"
              + " hit_rate_sampled and ndcg_sampled");
    }
    if (!among.isAll() && negatives != null) {
      throw TamisException.usage("--among goes with --test; --negatives name what is ranked");
    }
    Optional<Convention> convention = Optional.ofNullable(compat).map(Convention::parse);
    checkAgainstNegatives(convention);
    List<MetricId> ids =
        convention
            .map(c -> c.metrics(Measuring.cutOffs(at)))
            .orElseGet(() -> Measuring.metrics(at, metrics));
    int parts = slices == null ? 0 : parts();
    if (perUser != null) {
      Limits.creatable("--per-user", perUser);
    }
    requireApart();
    TrainedModel model = Models.read(directory);
    Evaluation evaluation =
        negatives == null
            ? fullCatalogue(console, model, ids, threadCount)
            : sampled(console, model, threadCount);
    writeForTrec(model, threadCount);
    if (perUser != null) {
      Measuring.writePerUser(evaluation.perUser(), known.users(), perUser);
    }
    List<ActivitySlices.Slice> found =
        parts == 0 ? List.of() : ActivitySlices.of(evaluation.perUser(), known, parts);
    if (console.json()) {
      Map<String, Object> tree = new LinkedHashMap<>(MetricsReport.tree(evaluation));
      convention.ifPresent(c -> tree.put(c.word(), values(c, evaluation)));
      if (parts > 0) {
        tree.put("slices", SlicesReport.tree(found));
      }
      tree.put("method", model.method());
      tree.put("model", directory.toString());
      console.json(tree);
    } else {
      convention
          .map(c -> MetricsReport.named(values(c, evaluation)))
          .orElseGet(() -> MetricsReport.table(evaluation.metrics()))
          .forEach(console::line);
      console.line("  " + MetricsReport.footing(evaluation));
      if (parts > 0) {
        SlicesReport.table(found).forEach(console::line);
        console.line("  by the number of known items; mean and standard error over the users");
      }
    }
    return 0;
  }

  /** Nothing that is read may be written over. */
  private void requireApart() {
    reader.requireApart(test, train, negatives, directory, perUser, trecRun, trecQrels);
    Limits.requireApart(
        "--per-user", perUser, test, train, negatives, directory, trecRun, trecQrels);
    Limits.requireApart("--trec-run", trecRun, test, train, directory, trecQrels);
    Limits.requireApart("--trec-qrels", trecQrels, test, train, directory);
  }

  private int parts() {
    if (!slices.matches("activity:[0-9]{1,4}")) {
      throw TamisException.usage(
          "--slices needs activity and a number of parts, such as activity:5, but is '"
              + slices
              + "'");
    }
    int parts = Integer.parseInt(slices.substring(slices.indexOf(':') + 1));
    Limits.within("the number of parts of --slices", parts, 1, 1000);
    return parts;
  }

  private void checkAgainstNegatives(Optional<Convention> convention) {
    if (negatives != null && (convention.isPresent() || trecRun != null || trecQrels != null)) {
      throw TamisException.usage(
          "--compat, --trec-run and --trec-qrels are about the full catalogue; leave --negatives"
              + " out");
    }
    if (convention.isPresent() && !metrics.isEmpty()) {
      throw TamisException.usage("--compat says which metrics; leave --metrics out");
    }
    if (trecRun != null && !among.isAll()) {
      throw TamisException.usage("--trec-run ranks all items; leave --among out");
    }
    for (Path file : new Path[] {trecRun, trecQrels}) {
      if (file != null) {
        Limits.creatable(file == trecRun ? "--trec-run" : "--trec-qrels", file);
      }
    }
  }

  private Map<String, Double> values(Convention convention, Evaluation evaluation) {
    return convention.values(evaluation, heldOut::relevant, Measuring.cutOffs(at));
  }

  private void writeForTrec(TrainedModel model, int threadCount) {
    if (trecRun != null) {
      int longest = Arrays.stream(Measuring.cutOffs(at)).max().orElseThrow();
      TrecFiles.writeRun(
          model, heldOut, Math.min(longest, model.items().size()), threadCount, trecRun);
    }
    if (trecQrels != null) {
      TrecFiles.writeQrels(heldOut, trecQrels);
    }
  }

  private Evaluation fullCatalogue(
      Console console, TrainedModel model, List<MetricId> ids, int threadCount) {
    HeldOut all = heldOut(console, model);
    known = all.input();
    try (Workers workers = new Workers(threadCount)) {
      Evaluator evaluator = Measuring.evaluator(all, model.seen(), among.items(), ids, workers);
      heldOut = evaluator.heldOut();
      return evaluator.evaluate(model.model());
    }
  }

  private Evaluation sampled(Console console, TrainedModel model, int threadCount) {
    SampledRows rows = SampledRowsFile.read(negatives, model.users(), model.items());
    rows.flaws()
        .forEach((flaw, count) -> console.warn("%s: %s %,d".formatted(negatives, flaw, count)));
    known =
        train == null
            ? model.seen()
            : KnownItems.of(model, SplitOptions.readFurther(console, train, reader));
    try (Workers workers = new Workers(threadCount)) {
      return new SampledEvaluator(known, rows, Measuring.cutOffs(at), workers)
          .evaluate(model.model());
    }
  }

  /**
   * The test data over the ids of the model. With --train, users are known by what stands there:
   * for a model that ranks histories they may be users it was never trained on, and are all ranked
   * as such if one of them is.
   */
  private HeldOut heldOut(Console console, TrainedModel model) {
    Interactions target = SplitOptions.readFurther(console, test, reader);
    HeldOuts.Aligned aligned;
    if (train == null) {
      aligned = HeldOuts.of(model.seen(), target);
    } else {
      Interactions known = SplitOptions.readFurther(console, train, reader);
      aligned =
          model.model().ranksUnseenUsers() && !isOfTraining(model, known.users())
              ? HeldOuts.foldIn(model.items(), known, target)
              : HeldOuts.of(KnownItems.of(model, known), target);
    }
    notes(aligned).forEach(note -> console.note("%s", note));
    return aligned.heldOut();
  }

  private List<String> notes(HeldOuts.Aligned aligned) {
    if (among.isAll()) {
      return aligned.notes("test");
    }
    List<String> notes = new ArrayList<>(aligned.amongSome().notes("test"));
    notes.add(
        "only items that nobody has in the training data are ranked and to be found; pairs of"
            + " others are left out");
    return notes;
  }

  private static boolean isOfTraining(TrainedModel model, IdMap users) {
    return IntStream.range(0, users.size())
        .allMatch(user -> model.users().index(users.id(user)) >= 0);
  }
}
