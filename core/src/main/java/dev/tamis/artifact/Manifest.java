package dev.tamis.artifact;

import java.util.List;
import java.util.SortedMap;

/**
 * The manifest of a model directory.
 *
 * @param id the artifact's id, 32 lowercase hexadecimal digits, in every file of the directory
 * @param sections the other files, in the order of their names
 */
record Manifest(
    String id,
    String method,
    SortedMap<String, String> options,
    long seed,
    int epochs,
    String fingerprint,
    int users,
    int items,
    int interactions,
    String kind,
    SortedMap<String, String> attributes,
    List<Section> sections) {
  static final String FILE = "manifest.json";
  static final String FORMAT = "tamis-model";

  /** The format version that this class writes and reads. */
  static final int VERSION = 1;

  /** The id of a dry run, from whose digest the real id is taken. */
  static final String NO_ID = "0".repeat(32);

  /** The manifest that describes a model, but for its files. */
  static Manifest describing(TrainedModel model, String id, List<Section> sections) {
    return new Manifest(
        id,
        model.method(),
        model.options(),
        model.seed(),
        model.epochs(),
        model.fingerprint(),
        model.seen().userCount(),
        model.seen().itemCount(),
        model.seen().size(),
        model.model().kind(),
        model.model().attributes(),
        sections);
  }

  /** The section of a file, or null if the manifest has none. */
  Section section(String file) {
    return sections.stream().filter(s -> s.file().equals(file)).findFirst().orElse(null);
  }
}
