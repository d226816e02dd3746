package dev.tamis.artifact;

import dev.tamis.config.TamisException;
import dev.tamis.data.IdMap;
import dev.tamis.data.Interactions;
import dev.tamis.data.feature.FeatureEncodings;
import dev.tamis.model.ServableModel;
import dev.tamis.model.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/** The files of one model directory, each held against its CRC32C while it is read. */
final class ModelReader {
  private final Path directory;
  private final Manifest manifest;

  ModelReader(Path directory, Manifest manifest) {
    this.directory = directory;
    this.manifest = manifest;
  }

  /** Refuses files that are missing or of a wrong length, before anything else is read. */
  void checkLengths() throws IOException {
    for (Section section : manifest.sections()) {
      SectionInput.requireLength(directory, section);
    }
  }

  IdMap users() throws IOException {
    return ids(ModelFiles.USERS, manifest.users());
  }

  IdMap items() throws IOException {
    return ids(ModelFiles.ITEMS, manifest.items());
  }

  Interactions seen(IdMap users, IdMap items) throws IOException {
    try (SectionInput in = open(ModelFiles.SEEN)) {
      return SeenSection.read(in, manifest.id(), users, items, manifest.interactions());
    }
  }

  SortedMap<String, Table> tables() throws IOException {
    try (SectionInput in = open(ModelFiles.TENSORS)) {
      return Safetensors.read(in, manifest.id(), directory + ": " + ModelFiles.TENSORS);
    }
  }

  /** The titles, or null if the model has none. */
  String[] titles() throws IOException {
    if (manifest.section(ModelFiles.TITLES) == null) {
      return null;
    }
    try (SectionInput in = open(ModelFiles.TITLES)) {
      return TitleSection.read(in, manifest.id(), manifest.items());
    }
  }

  /** How features are read; none if the model knows no features. */
  FeatureEncodings encodings() throws IOException {
    if (manifest.section(ModelFiles.FEATURES) == null) {
      return FeatureEncodings.NONE;
    }
    try (SectionInput in = open(ModelFiles.FEATURES)) {
      return FeatureSection.read(in, manifest.id());
    }
  }

  ServableModel model(
      SortedMap<String, Table> tables, FeatureEncodings encodings, List<ModelKind> kinds) {
    ModelKind kind =
        kinds.stream()
            .filter(k -> k.name().equals(manifest.kind()))
            .findFirst()
            .orElseThrow(
                () ->
                    TamisException.badData(
                        directory
                            + ": the model is of kind '"
                            + manifest.kind()
                            + "'; this Tamis knows "
                            + String.join(", ", kinds.stream().map(ModelKind::name).toList())
                            + "; use a newer Tamis"));
    ServableModel model;
    try {
      model = kind.restore().restore(manifest.attributes(), tables, encodings);
    } catch (TamisException | IllegalArgumentException e) {
      throw new TamisException(
          TamisException.Kind.BAD_DATA,
          directory + ": the model cannot be made: " + e.getMessage(),
          e);
    }
    if (model.itemCount() != manifest.items()) {
      throw TamisException.badData(
          directory
              + ": the model scores "
              + model.itemCount()
              + " items, but there are "
              + manifest.items()
              + " item ids");
    }
    TrainedModel.wrongUsers(model, manifest.users())
        .ifPresent(
            fault -> {
              throw TamisException.badData(directory + ": " + fault);
            });
    return model;
  }

  TrainedModel trained(Interactions seen, String[] titles, ServableModel model) {
    return new TrainedModel(
        manifest.method(),
        manifest.options(),
        manifest.seed(),
        manifest.epochs(),
        seen,
        manifest.fingerprint(),
        titles,
        model);
  }

  private IdMap ids(String file, int count) throws IOException {
    try (SectionInput in = open(file)) {
      return IdSection.read(in, manifest.id(), count);
    }
  }

  private SectionInput open(String file) throws IOException {
    return SectionInput.open(directory, manifest.section(file));
  }
}
