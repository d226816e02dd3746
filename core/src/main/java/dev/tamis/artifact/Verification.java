package dev.tamis.artifact;

import dev.tamis.config.TamisException;
import dev.tamis.data.IdMap;
import dev.tamis.data.feature.FeatureEncodings;
import dev.tamis.model.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/** All checks of a model directory; goes on after a problem where the rest can be read alone. */
final class Verification {
  private final Path directory;
  private final List<String> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Set<String> faulty = new HashSet<>(); // files of which a problem is told already

  Verification(Path directory) {
    this.directory = directory;
  }

  VerifyReport run(List<ModelKind> kinds) throws IOException {
    byte[] manifestBytes;
    Manifest manifest;
    try {
      manifestBytes = ManifestReader.bytes(directory);
      manifest = ManifestReader.parse(directory, manifestBytes);
    } catch (TamisException e) {
      problems.add(e.getMessage());
      return new VerifyReport("", 0, "", "", 0, 0, 0, 0, 0, List.of(), problems, notes);
    }
    long parameters;
    try (SectionDigests digests = new SectionDigests(directory, manifest.sections())) {
      parameters = read(new ModelReader(directory, manifest), kinds);
      for (Section section : manifest.sections()) {
        if (!faulty.contains(section.file())) {
          digests.problem(section).ifPresent(e -> problems.add(e.getMessage()));
        }
      }
    }
    noteOthers(manifest);
    return new VerifyReport(
        manifest.id(),
        Manifest.VERSION,
        manifest.method(),
        manifest.kind(),
        manifest.users(),
        manifest.items(),
        manifest.interactions(),
        parameters,
        manifestBytes.length + manifest.sections().stream().mapToLong(Section::bytes).sum(),
        manifest.sections(),
        problems,
        notes);
  }

  /** Makes every check but that of SHA-256; returns how many parameters there are. */
  private long read(ModelReader reader, List<ModelKind> kinds) throws IOException {
    IdMap users = attempt(ModelFiles.USERS, reader::users);
    IdMap items = attempt(ModelFiles.ITEMS, reader::items);
    if (users != null && items != null) {
      attempt(ModelFiles.SEEN, () -> reader.seen(users, items));
    }
    attempt(ModelFiles.TITLES, reader::titles);
    FeatureEncodings encodings = attempt(ModelFiles.FEATURES, reader::encodings);
    SortedMap<String, Table> tables = attempt(ModelFiles.TENSORS, reader::tables);
    if (tables == null) {
      return 0;
    }
    long parameters = 0;
    for (Table table : tables.values()) {
      parameters += table.values().length;
      checkFinite(table);
    }
    if (encodings != null) {
      attempt(Manifest.FILE, () -> reader.model(tables, encodings, kinds));
    }
    return parameters;
  }

  private interface Step<T> {
    T run() throws IOException;
  }

  /** The result of a step that reads a file, or null if it found a problem. */
  private <T> T attempt(String file, Step<T> step) throws IOException {
    try {
      return step.run();
    } catch (TamisException e) {
      problems.add(e.getMessage());
      faulty.add(file);
      return null;
    }
  }

  private void checkFinite(Table table) {
    int at = Finite.firstNonFinite(table.values());
    if (at >= 0) {
      problems.add(directory + ": " + Finite.describe(table, at));
    }
  }

  private void noteOthers(Manifest manifest) throws IOException {
    for (Path entry : AtomicDirectory.entries(directory)) {
      String name = entry.getFileName().toString();
      if (!name.equals(Manifest.FILE) && manifest.section(name) == null) {
        notes.add(directory + ": '" + name + "' is not part of the model and is ignored");
      }
    }
  }
}
