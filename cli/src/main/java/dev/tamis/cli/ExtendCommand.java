package dev.tamis.cli;

import dev.tamis.artifact.ModelStore;
import dev.tamis.artifact.Newcomers;
import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.TamisException;
import dev.tamis.data.IdMap;
import dev.tamis.data.feature.FeatureEncoding;
import dev.tamis.data.feature.Features;
import dev.tamis.data.feature.SideFeatures;
import dev.tamis.data.read.FeatureFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code tamis extend}: users and items that come after training. */
@Command(
    name = "extend",
    header = "Add items and users to a model by their features, without training again.",
    footer = {
      "  tamis extend model --item-features new-items.tsv --out model-of-today",
    })
final class ExtendCommand implements Callable<Integer> {
  @ParentCommand private Tamis tamis;
  @Mixin private ConsoleOptions common;

  @Parameters(index = "0", paramLabel = "MODEL_DIR", description = "A model trained with features.")
  private Path directory;

  @Option(
      names = "--item-features",
      paramLabel = "FILE",
      description = "Features of items; those that the model has already stay as they are.")
  private Path itemFile;

  @Option(names = "--user-features", paramLabel = "FILE", description = "The same of users.")
  private Path userFile;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where the model goes; it may be the one that is extended.")
  private Path out;

  @Mixin private BadRowOptions badRows;

  @Override
  public Integer call() {
    Console console = common.console(tamis.terminal());
    if (itemFile == null && userFile == null) {
      throw TamisException.usage("extend needs --item-features FILE or --user-features FILE");
    }
    badRows.requireApart(itemFile, userFile, directory, out);
    requireBeside();
    Limits.creatable("--out", out);
    new ModelStore().checkPlace(out);
    TrainedModel model = Models.read(directory);
    SideFeatures features =
        new SideFeatures(
            read(console, itemFile, FeatureFile.Subject.ITEM, model.items(), itemsOf(model)),
            read(console, userFile, FeatureFile.Subject.USER, model.users(), usersOf(model)));
    TrainedModel extended = Newcomers.join(model, features);
    new ModelStore().write(extended, out);
    int items = extended.items().size() - model.items().size();
    int users = extended.users().size() - model.users().size();
    if (console.json()) {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("model", out.toString());
      tree.put("items_added", items);
      tree.put("users_added", users);
      console.json(tree);
    } else {
      console.note("%,d items and %,d users added; the model is in %s", items, users, out);
    }
    return 0;
  }

  /** A model directory with another one in it would be no model directory any more. */
  private void requireBeside() {
    if (Limits.isInside(out, directory)) {
      throw TamisException.usage(
          "--out "
              + out
              + " would write over what is in "
              + directory
              + "; name a place beside it, or "
              + directory
              + " itself");
    }
  }

  private static Optional<FeatureEncoding> itemsOf(TrainedModel model) {
    return model.model().encodings().items();
  }

  private static Optional<FeatureEncoding> usersOf(TrainedModel model) {
    return model.model().encodings().users();
  }

  private Optional<Features> read(
      Console console,
      Path file,
      FeatureFile.Subject subject,
      IdMap known,
      Optional<FeatureEncoding> encoding) {
    if (file == null) {
      return Optional.empty();
    }
    if (encoding.isEmpty()) {
      throw TamisException.usage(
          "this model knows no features of "
              + subject.word()
              + "s; train it with --"
              + subject.word()
              + "-features FILE");
    }
    FeatureFile.Read read =
        FeatureFile.read(
            file,
            subject,
            KnownByFeatures.columns(encoding.get()),
            known,
            FeatureFile.Unknown.ADD,
            badRows.policy());
    if (read.badRowCount() > 0) {
      console.note("%s: %,d bad rows left out", file, read.badRowCount());
    }
    read.notes().forEach(console::warn);
    return Optional.of(read.features());
  }
}
