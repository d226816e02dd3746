package dev.tamis.data.generate;

import dev.tamis.config.TamisException;
import dev.tamis.config.TamisException.Kind;
import dev.tamis.data.Interactions;
import dev.tamis.data.split.TsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Made-up data.
 *
 * @param interactions the pairs with timestamps; its items are those that somebody has
 * @param catalogue all items
 */
public record Generated(Interactions interactions, Catalogue catalogue) {

  /**
   * Writes {@code interactions.tsv.gz} (user, item, timestamp) and {@code items.tsv} (item, title,
   * genres joined by a bar); the directory is made if it is not there.
   *
   * @throws TamisException of kind CANNOT_CREATE if they cannot be written
   */
  public void write(Path directory) {
    try {
      Files.createDirectories(directory);
      TsvWriter.write(directory.resolve("interactions.tsv.gz"), interactions);
      try (OutputStream out = TsvWriter.open(directory.resolve("items.tsv"))) {
        out.write("item\ttitle\tgenres\n".getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < catalogue.size(); i++) {
          String row =
              catalogue.id(i)
                  + '\t'
                  + catalogue.title(i)
                  + '\t'
                  + String.join("|", catalogue.genres(i))
                  + '\n';
          out.write(row.getBytes(StandardCharsets.UTF_8));
        }
      }
    } catch (IOException e) {
      throw new TamisException(
          Kind.CANNOT_CREATE,
          directory + ": the data cannot be written (" + e + "); check space and permissions",
          e);
    }
  }
}
