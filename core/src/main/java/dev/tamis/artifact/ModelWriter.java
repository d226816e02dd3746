package dev.tamis.artifact;

import dev.tamis.config.TamisException;
import dev.tamis.data.Sha256;
import dev.tamis.model.Table;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of a model. A first pass writes nowhere and takes the digests of all files with an id
 * of zeros; the first 16 bytes of the SHA-256 of that manifest are the artifact's id.
 */
final class ModelWriter {
  private final TrainedModel model;
  private final String id;
  private final long bytes;

  ModelWriter(TrainedModel model) {
    this.model = model;
    for (Table table : model.model().tables()) {
      refuseNonFinite(table);
    }
    try {
      List<Section> dry = sections(null, null, Manifest.NO_ID);
      byte[] manifest = ManifestWriter.bytes(Manifest.describing(model, Manifest.NO_ID, dry));
      id = Sha256.of(manifest, manifest.length).substring(0, 32);
      bytes = manifest.length + dry.stream().mapToLong(Section::bytes).sum();
    } catch (IOException e) {
      throw new IllegalStateException("a pass that writes nothing failed", e);
    }
  }

  /** How many bytes the files have together. */
  long bytes() {
    return bytes;
  }

  /** Writes all files into an empty directory, the manifest last. */
  void write(FileOperations files, Path directory) throws IOException {
    List<Section> sections = sections(files, directory, id);
    byte[] manifest = ManifestWriter.bytes(Manifest.describing(model, id, sections));
    try (FileOperations.Output out = files.create(directory.resolve(Manifest.FILE))) {
      out.write(ByteBuffer.wrap(manifest));
      out.sync();
    }
  }

  private List<Section> sections(FileOperations files, Path directory, String withId)
      throws IOException {
    List<Section> sections = new ArrayList<>();
    for (String name : ModelFiles.SECTIONS) {
      if (has(name)) {
        FileOperations.Output target = files == null ? null : files.create(directory.resolve(name));
        try (SectionOutput out = new SectionOutput(target)) {
          writeSection(name, withId, out);
          sections.add(out.finish(name));
        }
      }
    }
    return sections;
  }

  private boolean has(String name) {
    return switch (name) {
      case ModelFiles.TITLES -> model.titles() != null;
      case ModelFiles.FEATURES -> !model.model().encodings().isEmpty();
      default -> true;
    };
  }

  private void writeSection(String name, String withId, SectionOutput out) throws IOException {
    switch (name) {
      case ModelFiles.FEATURES -> FeatureSection.write(out, withId, model.model().encodings());
      case ModelFiles.ITEMS -> IdSection.write(out, withId, model.items());
      case ModelFiles.SEEN -> SeenSection.write(out, withId, model.seen());
      case ModelFiles.TENSORS -> Safetensors.write(out, withId, model.model().tables());
      case ModelFiles.TITLES -> TitleSection.write(out, withId, model.titles());
      case ModelFiles.USERS -> IdSection.write(out, withId, model.users());
      default -> throw new IllegalArgumentException("unknown file " + name);
    }
  }

  private static void refuseNonFinite(Table table) {
    int at = Finite.firstNonFinite(table.values());
    if (at >= 0) {
      throw TamisException.badData("the model is not written: " + Finite.describe(table, at));
    }
  }
}
