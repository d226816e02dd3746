package dev.tamis.cli;

import dev.tamis.data.Interactions;
import dev.tamis.data.generate.DataGenerator;
import dev.tamis.data.generate.Generated;
import dev.tamis.data.generate.GeneratorOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code tamis generate}: made-up data of any size. */
@Command(
    name = "generate",
    header = "Make up interactions and a catalogue with titles and genres, of any size.",
    footer = {
      "  tamis generate made-up",
      "  tamis generate large --users 100000 --items 20000 --seed 7",
    })
final class GenerateCommand implements Callable<Integer> {
  static final String INTERACTIONS = "interactions.tsv.gz";
  static final String ITEMS = "items.tsv";

  @ParentCommand private Tamis tamis;
  @Mixin private ConsoleOptions common;

  @Parameters(
      index = "0",
      paramLabel = "OUT_DIR",
      description = "Where " + INTERACTIONS + " and " + ITEMS + " go; never over other files.")
  private Path out;

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
      names = "--items-a-user",
      paramLabel = "N",
      defaultValue = "30",
      description = "How many items a user has on average, about (default: ${DEFAULT-VALUE}).")
  private int itemsOfUser;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "The same seed makes the same data (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() {
    Console console = common.console(tamis.terminal());
    GeneratorOptions options = new GeneratorOptions(users, items, itemsOfUser, seed);
    Limits.creatable("OUT_DIR", out);
    Generated generated = DataGenerator.generate(options);
    generated.write(out);
    Interactions made = generated.interactions();
    if (console.json()) {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("interactions", out.resolve(INTERACTIONS).toString());
      tree.put("titles", out.resolve(ITEMS).toString());
      tree.put("users", made.userCount());
      tree.put("items", made.itemCount());
      tree.put("pairs", made.size());
      tree.put("fingerprint", made.fingerprint());
      console.json(tree);
    } else {
      console.note(
          "%,d users, %,d items, %,d pairs; written to %s and %s",
          made.userCount(),
          made.itemCount(),
          made.size(),
          out.resolve(INTERACTIONS),
          out.resolve(ITEMS));
    }
    return 0;
  }
}
