package dev.tamis.artifact;

import java.util.List;

/** The names of the files of a model directory. */
final class ModelFiles {
  static final String FEATURES = "features.bin";
  static final String ITEMS = "items.ids";
  static final String SEEN = "seen.bin";
  static final String TENSORS = "tensors.safetensors";
  static final String TITLES = "titles.bin";
  static final String USERS = "users.ids";

  /** All files but the manifest, in the order of their names. */
  static final List<String> SECTIONS = List.of(FEATURES, ITEMS, SEEN, TENSORS, TITLES, USERS);

  /** Those that every model has. */
  static final List<String> REQUIRED = List.of(ITEMS, SEEN, TENSORS, USERS);

  private ModelFiles() {}

  /** Whether a file of this name is part of a model directory. */
  static boolean isOurs(String name) {
    return name.equals(Manifest.FILE) || SECTIONS.contains(name);
  }
}
