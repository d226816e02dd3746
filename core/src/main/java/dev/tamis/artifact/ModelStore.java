package dev.tamis.artifact;

import dev.tamis.config.TamisException;
import dev.tamis.data.IdMap;
import dev.tamis.data.Interactions;
import dev.tamis.model.ServableModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.function.Predicate;

/**
 * Models as directories: {@code manifest.json}, {@code tensors.safetensors}, {@code users.ids},
 * {@code items.ids}, {@code seen.bin}, and where there are titles or features {@code titles.bin}
 * and {@code features.bin}.
 *
 * <p>The bytes are a function of the model alone: no clock, host, path or number of threads goes
 * in. A directory appears whole or not at all, and every bit of it is checked before a model is
 * made of it. Ratings and timestamps of the training interactions are not kept, only who has what.
 *
 * <p>Reading checks lengths and CRC32C of every file, and the SHA-256 of the manifest; {@link
 * #verify} checks the SHA-256 of every file as well. Reading takes the memory of the model and one
 * buffer; no file makes it allocate more than its own length and 16 MiB.
 */
public final class ModelStore {
  private static final int ATTEMPTS = 5;

  private final FileOperations files;
  private final List<ModelKind> kinds;

  /** A store that knows all kinds of models. */
  public ModelStore() {
    this(new DiskOperations(), ModelKinds.ALL);
  }

  ModelStore(FileOperations files, List<ModelKind> kinds) {
    this.files = files;
    this.kinds = kinds;
  }

  /**
   * Writes a model, in place of the model that is there, if any. Costs two passes of SHA-256 over
   * the model: one for its id, one for the files.
   *
   * @throws TamisException of kind CANNOT_CREATE if something else than a model has the name or the
   *     place cannot be written to, CONFLICT if another run writes there now, IO if writing fails,
   *     BAD_DATA if a parameter is not finite; what was there before is then untouched
   */
  public void write(TrainedModel model, Path directory) {
    AtomicDirectory target = new AtomicDirectory(files, directory, ModelFiles::isOurs);
    ModelWriter writer = new ModelWriter(model);
    target.replace(writer.bytes(), writer::write);
  }

  /**
   * Does nothing if a model may be put there: there is nothing yet, or a model. To be asked before
   * long work, not after it.
   *
   * @throws TamisException of kind CANNOT_CREATE if something else has the name
   */
  public void checkPlace(Path directory) {
    new AtomicDirectory(files, directory, ModelFiles::isOurs).refuseOther();
  }

  /**
   * Reads a model.
   *
   * @throws TamisException of kind BAD_DATA if anything is damaged, missing, of another model or of
   *     a newer format; UNAVAILABLE if there is no such directory; IO if reading fails
   */
  public TrainedModel read(Path directory) {
    return settled(directory, this::readOnce, model -> true);
  }

  /**
   * Makes every check there is: of each file length, CRC32C and SHA-256; that ids are unique, seen
   * items in range, values finite, and that the model can be made. Costs the time of SHA-256, which
   * a thread of its own takes, and the memory of the model.
   *
   * @throws TamisException of kind UNAVAILABLE if there is no such directory; IO if reading fails
   */
  public VerifyReport verify(Path directory) {
    return settled(directory, place -> new Verification(place).run(kinds), VerifyReport::sound);
  }

  private TrainedModel readOnce(Path directory) throws IOException {
    Manifest manifest = ManifestReader.parse(directory, ManifestReader.bytes(directory));
    ModelReader reader = new ModelReader(directory, manifest);
    reader.checkLengths();
    IdMap users = reader.users();
    IdMap items = reader.items();
    Interactions seen = reader.seen(users, items);
    String[] titles = reader.titles();
    ServableModel model = reader.model(reader.tables(), reader.encodings(), kinds);
    return reader.trained(seen, titles, model);
  }

  private interface Attempt<T> {
    T run(Path place) throws IOException;
  }

  /** Tries again if it went wrong because a new model was put in place meanwhile. */
  private static <T> T settled(Path directory, Attempt<T> attempt, Predicate<T> good) {
    for (int left = ATTEMPTS - 1; ; left--) {
      Path place = AtomicDirectory.locate(directory);
      requireDirectory(place);
      Object before = stamp(place);
      try {
        T result = attempt.run(place);
        if (good.test(result) || left == 0 || stamp(place).equals(before)) {
          return result;
        }
      } catch (IOException e) {
        if (left == 0 || stamp(place).equals(before)) {
          throw Failures.reading(directory, e);
        }
      } catch (TamisException e) {
        if (left == 0 || stamp(place).equals(before)) {
          throw e;
        }
      }
    }
  }

  private static void requireDirectory(Path place) {
    if (!Files.isDirectory(place)) {
      throw Files.exists(place)
          ? TamisException.badData(place + " is a file; a model is a directory")
          : new TamisException(
              TamisException.Kind.UNAVAILABLE, "there is no model directory " + place);
    }
  }

  /** What changes when another directory takes the place. */
  private static Object stamp(Path place) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(place, BasicFileAttributes.class);
      return attributes.fileKey() + " " + attributes.lastModifiedTime();
    } catch (IOException e) {
      return new Object(); // gone for now: equal to nothing
    }
  }
}
