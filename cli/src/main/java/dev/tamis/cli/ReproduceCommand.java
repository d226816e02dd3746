package dev.tamis.cli;

import dev.tamis.config.TamisException;
import dev.tamis.eval.MetricId;
import dev.tamis.eval.SampledRows;
import dev.tamis.eval.SampledRowsFile;
import dev.tamis.lab.Protocol;
import dev.tamis.lab.TrainingData;
import dev.tamis.lab.TrialStore;
import dev.tamis.lab.page.Json;
import dev.tamis.lab.reproduce.PublishedTable;
import dev.tamis.lab.reproduce.PublishedTables;
import dev.tamis.lab.reproduce.ReproducedLine;
import dev.tamis.lab.reproduce.Reproduction;
import dev.tamis.lab.reproduce.ReproductionDocument;
import dev.tamis.lab.reproduce.ReproductionPage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code tamis reproduce}: a table of a paper, run on data. */
@Command(
    name = "reproduce",
    header = "Run a table or a figure of a paper on your data, beside the printed numbers.",
    description = {
      "Trains every line of the table with every seed, and measures as the paper does. What is"
          + " finished stays in DIR/trials: run the same command again after a stop, and it goes"
          + " on."
    },
    footer = {
      "  tamis reproduce --list",
      "  tamis reproduce pris table-3 --data data.csv --out pris-3",
      "  tamis reproduce xir table-2 --data train.tsv --test test.tsv --dataset gowalla --out"
          + " xir-2",
      "  tamis reproduce pris table-3 --data data.csv --lines U,CP --seeds 1 --epochs 5 --out look",
    })
final class ReproduceCommand implements Callable<Integer> {
  @ParentCommand private Tamis tamis;
  @Mixin private ConsoleOptions common;

  @Parameters(index = "0", arity = "0..1", paramLabel = "PAPER", description = "As in --list.")
  private String paper;

  @Parameters(index = "1", arity = "0..1", paramLabel = "TABLE", description = "As in --list.")
  private String name;

  @Option(names = "--list", description = "List what can be run, and do no more.")
  private boolean list;

  @Option(
      names = "--data",
      paramLabel = "INTERACTIONS",
      description = "A file with a row a pair of user and item.")
  private Path file;

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description =
          "Which dataset of the paper that is: its numbers are printed beside, and the options that"
              + " are tuned for it are taken; the report says by whom.")
  private String dataset;

  @Option(
      names = "--lines",
      split = ",",
      hideParamSyntax = true,
      paramLabel = "LABEL,...",
      description = "Only these lines of the table.")
  private List<String> labels = new ArrayList<>();

  @Mixin private SeedsOptions seeds;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Instead of what the table says: for a first look, or for small data.")
  private Integer epochs;

  @Mixin private SplitOptions split;

  @Option(
      names = "--negatives",
      paramLabel = "FILE",
      description =
          "For tables by the protocol of NCF, in place of test data: rows of user, item to find,"
              + " and the items it is ranked against (tab-separated, negatives separated by"
              + " spaces).")
  private Path negatives;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where report.html, report.md, report.json and finished trials go.")
  private Path out;

  @Mixin private ThreadsOption threads;

  @Mixin private ReaderOptions reader;

  @Override
  public Integer call() {
    Console console = common.console(tamis.terminal());
    if (list) {
      list(console);
      return 0;
    }
    if (paper == null || name == null || file == null || out == null) {
      throw TamisException.usage(
          "reproduce needs PAPER TABLE --data FILE --out DIR; 'tamis reproduce --list' shows papers"
              + " and tables");
    }
    PublishedTable table = PublishedTables.named(paper, name);
    if (epochs != null) {
      Limits.within("--epochs", epochs, 1, Integer.MAX_VALUE);
    }
    Reproduction reproduction =
        new Reproduction(
            table,
            Optional.ofNullable(dataset),
            labels,
            seeds.ofTrainings(),
            Optional.ofNullable(epochs));
    int threadCount = threads.count();
    takeSplitOf(table);
    Limits.creatable("--out", out);
    Protocol protocol =
        protocol(console, table, split.read(console, file, reader, seeds.ofSplit()));
    String parted = split.described(seeds.ofSplit());
    TrialStore store = new TrialStore(out.resolve("trials"), console::warn);
    List<ReproducedLine> lines;
    AtomicReference<ReproductionDocument> document = new AtomicReference<>();
    try (Trainings trainings = new Trainings(console)) {
      lines =
          reproduction.run(
              protocol,
              store,
              threadCount,
              (line, lineSeed, number, all) ->
                  trainings.next(
                      "trial %d of %d: %s, seed %d", number, all, line.label(), lineSeed),
              soFar -> {
                document.set(new ReproductionDocument(reproduction, protocol, parted, soFar));
                write(reproduction, document.get());
              });
    }
    report(console, document.get(), lines);
    return 0;
  }

  private Protocol protocol(Console console, PublishedTable table, TrainingData data) {
    if (table.givenNegatives()) {
      if (data.test().isPresent()) {
        throw TamisException.usage(
            "the items to find stand in --negatives; leave --split and --test out");
      }
      SampledRows rows =
          SampledRowsFile.read(negatives, data.train().users(), data.train().items());
      rows.flaws()
          .forEach((flaw, count) -> console.warn("%s: %s %,d".formatted(negatives, flaw, count)));
      return Protocol.ofNegatives(data, rows, new Protocol.Stopping("ndcg@10", 1, 0));
    }
    List<MetricId> metrics = table.metrics().stream().map(MetricId::parse).toList();
    return new Protocol(data, metrics, new Protocol.Stopping(table.choosing(), 1, 0));
  }

  private void takeSplitOf(PublishedTable table) {
    if (table.givenNegatives() != (negatives != null)) {
      throw TamisException.usage(
          table.givenNegatives()
              ? "%s %s ranks each user's item against given negatives; add --negatives FILE"
                  .formatted(paper, name)
              : "%s %s ranks all items; leave --negatives out".formatted(paper, name));
    }
    boolean parted = !table.givenNegatives() && split.byDefault(table.split());
    if (parted && table.split().contains("N")) {
      throw TamisException.usage(
          "%s %s holds out whole users; say how many, as in --split %s"
              .formatted(paper, name, table.split().replace("N", "1000")));
    }
    split.splitter(); // refuses what is wrong before the data are read
    if (!table.givenNegatives()) {
      split.requireTest("reproduce");
    }
  }

  private void write(Reproduction reproduction, ReproductionDocument document) {
    Outputs.write(out.resolve("report.json"), Json.write(document.tree()) + "\n");
    Outputs.write(out.resolve("report.md"), document.markdown());
    Outputs.write(out.resolve("report.html"), ReproductionPage.of(reproduction, document));
  }

  private void report(Console console, ReproductionDocument document, List<ReproducedLine> lines) {
    if (console.json()) {
      console.json(document.tree());
      return;
    }
    TextTable table = new TextTable();
    List<String> heading = new ArrayList<>(document.heading());
    heading.add("seconds");
    table.row(heading.toArray(String[]::new));
    List<List<String>> cells = document.cells();
    for (int i = 0; i < lines.size(); i++) {
      List<String> row = new ArrayList<>(cells.get(i));
      boolean ran = lines.get(i).refusal().isEmpty();
      row.add(ran ? String.format(Locale.ROOT, "%.1f", lines.get(i).trainSeconds()) : "");
      table.row(row.toArray(String[]::new));
    }
    table.lines().forEach(console::line);
    TextTable byActivity = new TextTable();
    document.activity().forEach(row -> byActivity.row(row.toArray(String[]::new)));
    if (!document.activity().isEmpty()) {
      console.line("");
      byActivity.lines().forEach(console::line);
    }
    for (ReproducedLine line : lines) {
      line.refusal()
          .ifPresent(reason -> console.warn("not run: " + line.line().label() + ": " + reason));
    }
    console.note("the report is in %s", out);
  }

  private static void list(Console console) {
    if (console.json()) {
      List<Map<String, Object>> tables = new ArrayList<>();
      for (PublishedTable table : PublishedTables.all()) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("paper", table.paper());
        one.put("table", table.name());
        one.put("title", table.title());
        if (table.givenNegatives()) {
          one.put("needs", "--negatives");
        } else {
          one.put("split", table.split());
        }
        one.put("datasets", table.datasets());
        one.put("lines", table.lines().stream().map(PublishedTable.Line::label).toList());
        tables.add(one);
      }
      console.json(Map.of("tables", tables));
      return;
    }
    TextTable text = new TextTable().row("paper", "table", "what it shows", "printed for");
    for (PublishedTable table : PublishedTables.all()) {
      text.row(table.paper(), table.name(), table.title(), String.join(", ", table.datasets()));
    }
    text.lines().forEach(console::line);
  }
}
