package dev.tamis.cli;

import dev.tamis.data.Interactions;
import dev.tamis.data.split.SplitData;
import dev.tamis.data.split.SplitFiles;
import dev.tamis.data.split.SplitManifest;
import dev.tamis.data.split.Splitter;
import dev.tamis.data.split.Splitters;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code tamis split}: parts interactions into files. */
@Command(
    name = "split",
    header = "Part interactions into files of training, validation and test data.",
    footer = {
      "  tamis split ratings.csv --by random:0.8 --out parts",
      "  tamis split ratings.csv --by leave-one-out:valid --out parts --gzip",
    })
final class SplitCommand implements Callable<Integer> {
  @ParentCommand private Tamis tamis;
  @Mixin private ConsoleOptions common;

  @Parameters(index = "0", paramLabel = "FILE", description = "Interactions.")
  private Path file;

  @Option(
      names = "--by",
      required = true,
      paramLabel = "SPEC",
      description =
          "random:TRAIN[:VALIDATION], leave-one-out[:valid], temporal:TRAIN[:VALIDATION],"
              + " heldout-users:N[:FOLDIN[:VALIDATION]] or cold-items:SHARE[:VALIDATION].")
  private String spec;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where the files go: train, valid and test as .tsv, and split.json.")
  private Path out;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Keys every random number (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--gzip", description = "Compress the files (.tsv.gz).")
  private boolean gzip;

  @Mixin private ReaderOptions reader;

  @Override
  public Integer call() {
    Console console = common.console(tamis.terminal());
    Splitter splitter = Splitters.parse(spec);
    Limits.creatable("--out", out);
    for (Path part : SplitFiles.places(out)) {
      Limits.requireApart("--out", part, file);
      reader.requireApart(part);
    }
    Interactions all = SplitOptions.read(console, file, reader);
    SplitData split = splitter.split(all, seed);
    split.notes().forEach(note -> console.note("%s", note));
    SplitManifest manifest = SplitManifest.of(splitter, seed, all, split);
    SplitFiles.write(out, split, manifest, gzip);
    if (console.json()) {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("directory", out.toString());
      tree.put("protocol", manifest.protocol());
      tree.put("seed", manifest.seed());
      tree.put("fingerprint", manifest.fingerprint());
      tree.put("train", manifest.train());
      tree.put("validation", manifest.validation());
      tree.put("test", manifest.test());
      tree.put("notes", split.notes());
      console.json(tree);
    } else {
      TextTable table = new TextTable().row("part", "pairs", "users");
      table.row("train", "" + manifest.train(), "" + split.train().userCount());
      split
          .validation()
          .ifPresent(
              v -> table.row("validation", "" + manifest.validation(), "" + measured(v.target())));
      table.row("test", "" + manifest.test(), "" + measured(split.test().target()));
      table.lines().forEach(console::line);
      console.note("written to %s", out);
    }
    return 0;
  }

  /** How many users have a pair. */
  private static int measured(Interactions part) {
    int users = 0;
    for (int u = 0; u < part.userCount(); u++) {
      users += part.degree(u) > 0 ? 1 : 0;
    }
    return users;
  }
}
