package dev.tamis.data.generate;

import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.data.WholeFiles;
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
   * genres joined by a bar); the directory is made if it is not there. Both get their names when
   * both are written; files of these names that hold just that stay as they are.
   *
   * @throws TamisException of kind CANNOT_CREATE if there are files of these names that hold
   *     something else, or none can be there; IO if writing fails; what was there is then untouched
   */
  public void write(Path directory) {
    write(directory, WholeFiles.beside("name another directory"));
  }

  /**
   * The same in the place of what was generated there before.
   *
   * @throws TamisException of kind IO if writing fails; what was there is then untouched
   */
  public void replace(Path directory) {
    write(directory, WholeFiles.replacing());
  }

  private void write(Path directory, WholeFiles both) {
    try (WholeFiles files = both) {
      Files.createDirectories(directory);
      TsvWriter.write(files.begin(directory.resolve("interactions.tsv.gz")), interactions);
      writeItems(files.begin(directory.resolve("items.tsv")));
      files.finish();
    } catch (IOException e) {
      throw WholeFiles.failed("cannot write the data in " + directory, e);
    }
  }

  private void writeItems(Path file) throws IOException {
    try (OutputStream out = TsvWriter.open(file)) {
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
  }
}
