package dev.tamis.cli;

import dev.tamis.artifact.ModelStore;
import dev.tamis.artifact.VerifyReport;
import dev.tamis.lab.page.Sizes;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code tamis verify}: whether a model directory is whole. */
@Command(
    name = "verify",
    header = "Check that a model directory is whole: exit code 0, or 65 with the reason.",
    footer = {"  tamis verify model"})
final class VerifyCommand implements Callable<Integer> {
  @ParentCommand private Tamis tamis;
  @Mixin private ConsoleOptions common;

  @Parameters(index = "0", paramLabel = "MODEL_DIR", description = "A trained model.")
  private Path directory;

  @Override
  public Integer call() {
    Console console = common.console(tamis.terminal());
    VerifyReport report = new ModelStore().verify(directory);
    if (console.json()) {
      console.json(tree(report));
    } else if (report.sound()) {
      console.line(
          String.format(
              Locale.ROOT,
              "%s is sound: %s, %,d users, %,d items, %,d parameters, %s in %d files, id %s",
              directory,
              report.method(),
              report.users(),
              report.items(),
              report.parameters(),
              Sizes.text(report.bytes()),
              report.sections().size() + 1,
              report.id()));
    }
    report.notes().forEach(note -> console.note("%s", note));
    report.requireSound();
    return 0;
  }

  private static Map<String, Object> tree(VerifyReport report) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("ok", report.sound());
    tree.put("problems", report.problems());
    tree.put("notes", report.notes());
    tree.put("id", report.id());
    tree.put("format_version", report.formatVersion());
    tree.put("method", report.method());
    tree.put("kind", report.kind());
    tree.put("users", report.users());
    tree.put("items", report.items());
    tree.put("interactions", report.interactions());
    tree.put("parameters", report.parameters());
    tree.put("bytes", report.bytes());
    return tree;
  }
}
