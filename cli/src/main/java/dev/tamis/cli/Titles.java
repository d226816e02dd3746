package dev.tamis.cli;

import dev.tamis.data.IdMap;
import dev.tamis.data.read.ItemTitles;
import java.nio.file.Path;

/** Titles of items from a file. */
final class Titles {
  private Titles() {}

  /** [items] the titles, or null without a file. Says what has none. */
  static String[] read(Console console, Path file, IdMap items) {
    if (file == null) {
      return null;
    }
    ItemTitles read = ItemTitles.read(file, items);
    if (read.untitled() > 0) {
      console.note("%s has no title for %,d of %,d items", file, read.untitled(), items.size());
    }
    return read.titles();
  }
}
