package dev.tamis.artifact;

import dev.tamis.config.TamisException;
import dev.tamis.train.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Named arrays and texts in one file, as in a checkpoint, with a CRC32C over all of it. The file
 * appears under its name whole or not at all, and its bytes are a function of what is in it.
 *
 * @param identity one line that says whose state it is
 * @param state the arrays and texts
 */
public record StateFile(String identity, TrainingState state) {
  /**
   * Writes a file, in place of the one that is there, if any; its directory must exist.
   *
   * @throws TamisException of kind CANNOT_CREATE or IO if it cannot be written; what was there
   *     before is then untouched
   */
  public void write(Path file) {
    FileOperations files = new DiskOperations();
    CheckpointFile content = new CheckpointFile(identity, 0, state);
    Path place = file.toAbsolutePath().normalize();
    Path temporary = place.resolveSibling("." + place.getFileName() + ".tmp");
    try {
      Files.deleteIfExists(temporary); // a dead run's
      content.write(files, temporary);
      files.rename(temporary, place);
      files.syncDirectory(place.getParent());
    } catch (IOException e) {
      throw Failures.writing(place.toString(), place.getParent(), content.length(), e);
    }
  }

  /**
   * Reads a file that is there.
   *
   * @throws TamisException of kind BAD_DATA if it is damaged or no such file, IO if reading fails
   */
  public static StateFile read(Path file) {
    try {
      CheckpointFile content = CheckpointFile.read(file);
      return new StateFile(content.identity(), content.state());
    } catch (IOException e) {
      throw Failures.reading(file, e);
    }
  }
}
