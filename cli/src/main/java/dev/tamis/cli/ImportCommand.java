package dev.tamis.cli;

import dev.tamis.data.Interactions;
import dev.tamis.data.WholeFiles;
import dev.tamis.data.read.BadRow;
import dev.tamis.data.read.ImportReport;
import dev.tamis.data.read.Imported;
import dev.tamis.data.read.InteractionFile;
import dev.tamis.data.split.TsvWriter;
import dev.tamis.lab.page.Visible;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code tamis import}: what is in a file of interactions. */
@Command(
    name = "import",
    header = "Read a file of interactions and report what is in it.",
    footer = {
      "  tamis import ratings.csv",
      "  tamis import ratings.dat.gz --min-rating 4 --min-user-degree 5",
      "  tamis import events.jsonl --user-column visitor --on-bad-row skip --out clean.tsv.gz",
    })
final class ImportCommand implements Callable<Integer> {
  @ParentCommand private Tamis tamis;
  @Mixin private ConsoleOptions common;

  @Parameters(index = "0", paramLabel = "FILE", description = "Interactions.")
  private Path file;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Write the cleaned interactions as tab-separated values (gzipped for .gz); never over"
              + " another file.")
  private Path out;

  @Mixin private ReaderOptions reader;

  @Override
  public Integer call() {
    Console console = common.console(tamis.terminal());
    if (out != null) {
      Limits.creatable("--out", out);
      Limits.requireApart("--out", out, file);
      reader.requireApart(out);
    }
    Imported imported = InteractionFile.read(file, reader.read());
    if (out != null) {
      write(imported.interactions());
    }
    String fingerprint = imported.interactions().fingerprint();
    if (console.json()) {
      console.json(tree(imported.report(), fingerprint));
    } else {
      text(console, imported.report(), fingerprint);
    }
    if (out != null) {
      console.note("written to %s", out);
    }
    return 0;
  }

  private void write(Interactions interactions) {
    try (WholeFiles files = WholeFiles.beside("name another file")) {
      TsvWriter.write(files.begin(out), interactions);
      files.finish();
    } catch (IOException e) {
      throw WholeFiles.failed("--out " + out + " cannot be written", e);
    }
  }

  private static void text(Console console, ImportReport report, String fingerprint) {
    TextTable table = new TextTable();
    table.row("file", report.source());
    table.row(
        "format",
        report.format().word() + (report.header() ? ", with a header" : ", without a header"));
    table.row("columns", String.join(", ", report.columns()));
    table.row("rows", number(report.rows()));
    table.row("users", number(report.users()));
    table.row("items", number(report.items()));
    table.row("pairs", number(report.pairs()));
    table.row("density", String.format(Locale.ROOT, "%.4g %%", 100 * report.density()));
    table.row("items a user", spread(report.userDegrees()));
    table.row("users an item", spread(report.itemDegrees()));
    table.row("duplicate rows", number(report.duplicates()));
    if (report.belowMinRating() > 0) {
      table.row("below --min-rating", number(report.belowMinRating()));
    }
    if (report.core().rounds() > 0) {
      ImportReport.Core core = report.core();
      table.row(
          "left out by degree",
          String.format(
              Locale.ROOT,
              "%,d users, %,d items, %,d pairs in %d rounds",
              core.users(),
              core.items(),
              core.pairs(),
              core.rounds()));
    }
    table.row("bad rows", number(report.badRowCount()));
    table.row("fingerprint", fingerprint);
    table.lines().forEach(console::line);
    for (BadRow bad : report.badRows()) {
      console.line("  " + Visible.line(place(report.source(), bad) + ": " + bad.reason()));
    }
    if (report.badRowCount() > report.badRows().size()) {
      console.line("  ... and " + number(report.badRowCount() - report.badRows().size()) + " more");
    }
    report.warnings().forEach(console::warn);
  }

  private static Map<String, Object> tree(ImportReport report, String fingerprint) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("file", report.source());
    tree.put("format", report.format().word());
    tree.put("separator", report.separator());
    tree.put("header", report.header());
    tree.put("columns", report.columns());
    tree.put("rows", report.rows());
    tree.put("users", report.users());
    tree.put("items", report.items());
    tree.put("pairs", report.pairs());
    tree.put("density", report.density());
    tree.put("user_degrees", quantiles(report.userDegrees()));
    tree.put("item_degrees", quantiles(report.itemDegrees()));
    tree.put("duplicates", report.duplicates());
    tree.put("below_min_rating", report.belowMinRating());
    tree.put("core", core(report.core()));
    tree.put("bad_row_count", report.badRowCount());
    List<Map<String, Object>> bad = new ArrayList<>();
    for (BadRow row : report.badRows()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("line", row.line());
      entry.put("column", row.column());
      entry.put("reason", row.reason());
      bad.add(entry);
    }
    tree.put("bad_rows", bad);
    tree.put("warnings", report.warnings());
    tree.put("fingerprint", fingerprint);
    return tree;
  }

  private static Map<String, Object> core(ImportReport.Core core) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("users", core.users());
    tree.put("items", core.items());
    tree.put("pairs", core.pairs());
    tree.put("rounds", core.rounds());
    return tree;
  }

  private static Map<String, Object> quantiles(ImportReport.Quantiles q) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("min", q.min());
    tree.put("p25", q.p25());
    tree.put("p50", q.p50());
    tree.put("p75", q.p75());
    tree.put("p90", q.p90());
    tree.put("p99", q.p99());
    tree.put("max", q.max());
    return tree;
  }

  private static String spread(ImportReport.Quantiles q) {
    return String.format(
        Locale.ROOT, "median %,d, 90%% up to %,d, largest %,d", q.p50(), q.p90(), q.max());
  }

  private static String place(String source, BadRow bad) {
    return source + ":" + bad.line() + (bad.column() > 0 ? ":" + bad.column() : "");
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
