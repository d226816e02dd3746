package dev.tamis.artifact;

import dev.tamis.config.Reasons;
import dev.tamis.config.TamisException;
import dev.tamis.config.TamisException.Kind;
import dev.tamis.train.Checkpoints;
import dev.tamis.train.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checkpoints of one run in a directory of their own, the newest two. Each is written under a
 * temporary name, made durable and renamed, so that a crash at any instant leaves the newest or the
 * one before. One run at a time may have the directory open.
 */
public final class CheckpointDirectory implements Checkpoints, AutoCloseable {
  private static final int KEPT = 2;
  private static final String TEMPORARY = ".checkpoint.tmp";
  private static final String LOCK = ".lock";
  private static final Pattern NAME = Pattern.compile("checkpoint-(\\d{9})\\.tamis");
  private static final System.Logger LOG = System.getLogger(CheckpointDirectory.class.getName());

  private final FileOperations files;
  private final Path directory;
  private final CheckpointPace pace;
  private final Consumer<String> warnings;
  private final DirectoryLock lock;

  /**
   * Opens a directory, creating it if need be. Checkpoints take at most about 5% of the time of
   * training; the first is due after a second. Warnings go to the log.
   *
   * @throws TamisException of kind CONFLICT if another run has it open, CANNOT_CREATE if it cannot
   *     be made
   */
  public static CheckpointDirectory open(Path directory) {
    return open(directory, text -> LOG.log(System.Logger.Level.WARNING, text));
  }

  /** The same, with somebody who is told of warnings. */
  public static CheckpointDirectory open(Path directory, Consumer<String> warnings) {
    return new CheckpointDirectory(
        new DiskOperations(), directory, new CheckpointPace(false, System::nanoTime), warnings);
  }

  /** The same, but each time is due, whatever it costs. */
  public static CheckpointDirectory openEager(Path directory, Consumer<String> warnings) {
    return new CheckpointDirectory(
        new DiskOperations(), directory, new CheckpointPace(true, System::nanoTime), warnings);
  }

  CheckpointDirectory(
      FileOperations files, Path directory, CheckpointPace pace, Consumer<String> warnings) {
    this.files = files;
    this.directory = directory.toAbsolutePath().normalize();
    this.pace = pace;
    this.warnings = warnings;
    try {
      Files.createDirectories(this.directory);
    } catch (IOException e) {
      throw new TamisException(
          Kind.CANNOT_CREATE,
          "cannot create the checkpoint directory " + directory + ": " + Reasons.of(e),
          e);
    }
    this.lock =
        DirectoryLock.take(this.directory.resolve(LOCK), "checkpoint directory " + this.directory);
  }

  /** Whether there are no checkpoints in it, of whatever run. */
  public boolean isEmpty() {
    return checkpoints().isEmpty();
  }

  /** Deletes all checkpoints, for example when the run is over or starts anew. */
  public void clear() {
    requireOpen();
    try {
      Files.deleteIfExists(directory.resolve(TEMPORARY));
      for (Path file : checkpoints()) {
        files.delete(file);
      }
    } catch (IOException e) {
      throw new TamisException(Kind.IO, "cannot empty " + directory + ": " + Reasons.of(e), e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>A damaged checkpoint is passed over with a warning.
   *
   * @throws TamisException of kind BAD_DATA if there are checkpoints, but all are damaged
   */
  @Override
  public Optional<TrainingState> latest(String identity) {
    requireOpen();
    List<Path> found = checkpoints();
    String damage = null;
    for (int i = found.size() - 1; i >= 0; i--) {
      CheckpointFile checkpoint;
      try {
        checkpoint = CheckpointFile.read(found.get(i));
      } catch (IOException e) {
        throw Failures.reading(found.get(i), e);
      } catch (TamisException e) {
        damage = e.getMessage();
        if (i > 0) {
          warnings.accept(damage + "; going on from the checkpoint before it");
        }
        continue;
      }
      requireSameRun(checkpoint.identity(), identity);
      return Optional.of(checkpoint.state());
    }
    if (damage != null) {
      throw TamisException.badData(
          damage + "; no other checkpoint is left: empty the directory to start anew");
    }
    return Optional.empty();
  }

  @Override
  public boolean due() {
    return pace.due();
  }

  @Override
  public void write(String identity, int epoch, TrainingState state) {
    requireOpen();
    CheckpointFile checkpoint = new CheckpointFile(identity, epoch, state);
    Path temporary = directory.resolve(TEMPORARY);
    List<Path> before = checkpoints();
    try {
      if (Files.exists(temporary)) {
        files.delete(temporary); // a dead run's
      }
      checkpoint.write(files, temporary);
      files.rename(temporary, directory.resolve(nextName(before)));
      files.syncDirectory(directory);
      for (int i = 0; i <= before.size() - KEPT; i++) {
        files.delete(before.get(i));
      }
    } catch (IOException e) {
      deleteQuietly(temporary); // it would fill the disk, or stay for good
      throw Failures.writing("a checkpoint in " + directory, directory, checkpoint.length(), e);
    }
    pace.written();
  }

  /** Lets another run open the directory. */
  @Override
  public void close() {
    lock.close();
  }

  /** Once closed, another run may be at it. */
  private void requireOpen() {
    if (lock.isClosed()) {
      throw new IllegalStateException("checkpoint directory " + directory + " is closed");
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The next checkpoint tries again.
    }
  }

  /** Whether there is a checkpoint in a directory, which need not exist. */
  public static boolean hasCheckpoint(Path directory) {
    return Files.isDirectory(directory) && !checkpoints(directory).isEmpty();
  }

  private List<Path> checkpoints() {
    return checkpoints(directory);
  }

  /** Oldest first. */
  private static List<Path> checkpoints(Path directory) {
    try {
      List<Path> found = new ArrayList<>(AtomicDirectory.entries(directory));
      found.removeIf(file -> !NAME.matcher(file.getFileName().toString()).matches());
      return found;
    } catch (IOException e) {
      throw Failures.reading(directory, e);
    }
  }

  private static String nextName(List<Path> before) {
    int number = 1;
    if (!before.isEmpty()) {
      Matcher last = NAME.matcher(before.get(before.size() - 1).getFileName().toString());
      if (last.matches()) {
        number = Integer.parseInt(last.group(1)) + 1;
      }
    }
    return String.format(java.util.Locale.ROOT, "checkpoint-%09d.tamis", number);
  }

  private void requireSameRun(String written, String asked) {
    if (written.equals(asked)) {
      return;
    }
    List<String> theirs = new ArrayList<>(Arrays.asList(written.split(" ")));
    List<String> ours = new ArrayList<>(Arrays.asList(asked.split(" ")));
    List<String> common = List.copyOf(theirs);
    theirs.removeAll(ours);
    ours.removeAll(common);
    throw new TamisException(
        Kind.CONFLICT,
        "the checkpoints in "
            + directory
            + " are of another run: they have "
            + described(theirs)
            + ", this run has "
            + described(ours)
            + "; run with the same data and options, or choose another directory");
  }

  private static String described(List<String> words) {
    return words.isEmpty() ? "nothing else" : "'" + String.join(" ", words) + "'";
  }
}
