package dev.tamis.data.split;

import dev.tamis.config.TamisException;
import dev.tamis.config.TamisException.Kind;
import dev.tamis.data.HeldOut;
import dev.tamis.data.IdMap;
import dev.tamis.data.Interactions;
import dev.tamis.data.WholeFiles;
import dev.tamis.data.read.ColumnChoice;
import dev.tamis.data.read.Format;
import dev.tamis.data.read.InteractionFile;
import dev.tamis.data.read.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A split as a directory: {@code train}, {@code valid} and {@code test}, each a TSV file with the
 * columns user, item and, where there are any, rating and timestamp; for held-out users also {@code
 * valid_input} and {@code test_input}, the parts that are folded in; and {@code split.json}. The
 * bytes are a function of the split (those of gzip also of the zlib in use).
 */
public final class SplitFiles {
  private static final List<String> PARTS =
      List.of("train", "valid", "test", "valid_input", "test_input");

  private static final String MANIFEST = "split.json";

  private SplitFiles() {}

  /** The files that a split may have in a directory, compressed or not. */
  public static List<Path> places(Path directory) {
    return PARTS.stream()
        .flatMap(name -> Stream.of(name + ".tsv", name + ".tsv.gz"))
        .map(directory::resolve)
        .toList();
  }

  /**
   * Writes a split; the directory is made if it is not there, and the files of an earlier split in
   * it are replaced once all of the new ones are written. An interruption amid the replacing leaves
   * a directory without {@code split.json}, which is not read as a split.
   *
   * @param gzip whether the files are compressed, and named {@code .tsv.gz}
   * @throws TamisException of kind CANNOT_CREATE if there are files of such names and none that
   *     says that they are a split, or none can be there; IO if writing fails; BAD_DATA if an id
   *     has a control character, or test items are outside the catalogue
   */
  public static void write(Path directory, SplitData split, SplitManifest manifest, boolean gzip) {
    String end = gzip ? ".tsv.gz" : ".tsv";
    try (WholeFiles files = WholeFiles.replacing()) {
      Files.createDirectories(directory);
      requireOurs(directory);
      List<Path> written = new ArrayList<>();
      for (Map.Entry<String, Interactions> part : parts(directory, split).entrySet()) {
        Path file = directory.resolve(part.getKey() + end);
        TsvWriter.write(files.begin(file), part.getValue());
        written.add(file);
      }
      Files.write(files.begin(directory.resolve(MANIFEST)), manifest.json());
      removeOld(directory, written);
      files.finish(); // the manifest last
    } catch (IOException e) {
      throw WholeFiles.failed("cannot write the split in " + directory, e);
    }
  }

  private static void requireOurs(Path directory) {
    for (Path file : places(directory)) {
      if (Files.exists(file) && !Files.exists(directory.resolve(MANIFEST))) {
        throw new TamisException(
            Kind.CANNOT_CREATE,
            file
                + " is there already, and no "
                + MANIFEST
                + " beside it says that a split wrote it; name another directory");
      }
    }
  }

  /** What the files have, by their names. */
  private static Map<String, Interactions> parts(Path directory, SplitData split) {
    Map<String, Interactions> parts = new LinkedHashMap<>();
    parts.put("train", split.train());
    split.validation().ifPresent(found -> add(parts, directory, "valid", found));
    add(parts, directory, "test", split.test());
    return parts;
  }

  private static void add(
      Map<String, Interactions> parts, Path directory, String name, HeldOut heldOut) {
    for (int missing : heldOut.unreachable()) {
      if (missing > 0) {
        throw TamisException.badData(
            directory
                + ": a split with items outside the catalogue cannot be written; keep the"
                + " files it was read from");
      }
    }
    parts.put(name, heldOut.target());
    if (!heldOut.trained()) {
      parts.put(name + "_input", heldOut.input());
    }
  }

  /**
   * A part of an earlier split must not be read as one of this: what is not written over goes, and
   * before it what says that there is a split.
   */
  private static void removeOld(Path directory, List<Path> written) throws IOException {
    Files.deleteIfExists(directory.resolve(MANIFEST));
    for (Path file : places(directory)) {
      if (!written.contains(file)) {
        Files.deleteIfExists(file);
      }
    }
  }

  /**
   * Reads a split back. Users and items are those that have a pair in any of the files.
   *
   * @throws TamisException of kind IO or BAD_DATA, with the file, if something is missing or wrong
   */
  public static SplitData read(Path directory) {
    if (!Files.exists(directory.resolve(MANIFEST))) {
      throw new TamisException(
          Kind.IO, directory + ": has no split.json; name a directory written by 'split'");
    }
    Interactions train = part(directory, "train").orElseThrow(() -> missing(directory, "train"));
    Optional<Interactions> validation = part(directory, "valid");
    Interactions test = part(directory, "test").orElseThrow(() -> missing(directory, "test"));
    Optional<Interactions> testInput = part(directory, "test_input");
    if (testInput.isPresent()) {
      Optional<HeldOut> known =
          validation.map(
              target -> {
                Interactions input =
                    part(directory, "valid_input")
                        .orElseThrow(() -> missing(directory, "valid_input"));
                return HeldOuts.foldIn(train.items(), input, target).heldOut();
              });
      HeldOut found = HeldOuts.foldIn(train.items(), testInput.get(), test).heldOut();
      return new SplitData(train, known, found, List.of());
    }
    IdMap users = train.users().union(test.users());
    IdMap items = train.items().union(test.items());
    if (validation.isPresent()) {
      users = users.union(validation.get().users());
      items = items.union(validation.get().items());
    }
    Interactions all = train.over(users, items);
    IdMap allUsers = users;
    IdMap allItems = items;
    return GivenSplit.of(
        all, validation.map(v -> v.over(allUsers, allItems)), test.over(users, items));
  }

  private static Optional<Interactions> part(Path directory, String name) {
    for (String end : new String[] {".tsv", ".tsv.gz"}) {
      Path file = directory.resolve(name + end);
      if (Files.exists(file)) {
        ReadOptions options =
            ReadOptions.defaults()
                .withFormat(Format.TSV)
                .withHeader(ReadOptions.Header.YES)
                .withUser(ColumnChoice.name("user"))
                .withItem(ColumnChoice.name("item"))
                .withDuplicates(ReadOptions.Duplicates.FAIL)
                .withMinRating(ReadOptions.ANY_RATING);
        return Optional.of(InteractionFile.read(file, options).interactions());
      }
    }
    return Optional.empty();
  }

  private static TamisException missing(Path directory, String name) {
    return new TamisException(
        Kind.IO,
        directory + ": has no " + name + ".tsv or " + name + ".tsv.gz; write the split again");
  }
}
