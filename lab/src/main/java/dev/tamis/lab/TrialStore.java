package dev.tamis.lab;

import dev.tamis.artifact.CheckpointDirectory;
import dev.tamis.artifact.StateFile;
import dev.tamis.config.Reasons;
import dev.tamis.config.TamisException;
import dev.tamis.config.TamisException.Kind;
import dev.tamis.data.Sha256;
import dev.tamis.train.TrainingListener;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finished trials in a directory, one in a file, found again by their keys. Each is written whole
 * or not at all, so a run that was killed loses what its trial had done since its last checkpoint
 * and nothing else.
 *
 * <p>{@code METHOD-SEED-DIGEST.trial} holds key and result, and its bytes are a function of the
 * key; {@code .cost} beside it what the trial took; the directory {@code .state} the checkpoints of
 * a trial that has begun and not ended. Several processes may work in one directory; a trial that
 * another one is at is refused.
 */
public final class TrialStore {
  private static final String RESULT = ".trial";
  private static final String COST = ".cost";
  private static final String STATE = ".state";

  private final Path directory;
  private final Consumer<String> warnings;
  private final boolean everyEpoch;

  /**
   * A store in a directory, which is made when the first trial is run.
   *
   * @param warnings is told of a checkpoint that was damaged
   */
  public TrialStore(Path directory, Consumer<String> warnings) {
    this(directory, warnings, false);
  }

  /**
   * @param everyEpoch whether a checkpoint is written after every epoch, whatever it costs
   */
  TrialStore(Path directory, Consumer<String> warnings, boolean everyEpoch) {
    this.directory = directory;
    this.warnings = warnings;
    this.everyEpoch = everyEpoch;
  }

  /**
   * The finished trial of a key, if it is there.
   *
   * @throws TamisException of kind BAD_DATA if its file is damaged
   */
  public Optional<FinishedTrial> find(TrialKey key) {
    Path file = file(key, RESULT);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    FinishedTrial found = read(file);
    if (!found.key().equals(key)) {
      throw TamisException.badData(file + ": holds another trial than its name says; move it away");
    }
    return Optional.of(found);
  }

  /** Whether a trial has not ended but left a checkpoint, so that {@link #run} goes on with it. */
  public boolean hasBegun(TrialKey key) {
    return !Files.exists(file(key, RESULT)) && CheckpointDirectory.hasCheckpoint(file(key, STATE));
  }

  /**
   * Runs a trial and keeps it; a trial that is finished is read, one that was stopped goes on from
   * its last checkpoint. What is returned, cost apart, is the same in all three cases.
   *
   * @param listener is told of progress; when it throws, the state of training stays for the next
   *     time
   * @throws TamisException of kind CONFLICT if another process is at the same trial, of kind CONFIG
   *     if it would not fit into memory, and of the kinds that training and measuring have
   */
  public FinishedTrial run(Trial trial, int threads, TrainingListener listener) {
    TrialKey key = trial.key();
    Path state = file(key, STATE);
    Optional<FinishedTrial> found = find(key);
    if (found.isPresent() && !Files.exists(state)) {
      return found.get();
    }
    if (found.isEmpty()) {
      trial.requireMemory(threads);
    }
    FinishedTrial finished;
    try (CheckpointDirectory checkpoints = checkpoints(state)) {
      if (found.isPresent()) {
        finished = found.get(); // killed between the end of the trial and that of its checkpoints
      } else {
        finished = trial.run(threads, checkpoints, listener);
        TrialFile.writeCost(file(key, COST), key, finished.cost());
        TrialFile.writeResult(file(key, RESULT), key, finished.result());
      }
      checkpoints.clear();
    }
    try {
      Files.deleteIfExists(state);
    } catch (IOException e) {
      throw failed(state, e);
    }
    return finished;
  }

  private CheckpointDirectory checkpoints(Path state) {
    return everyEpoch
        ? CheckpointDirectory.openEager(state, warnings)
        : CheckpointDirectory.open(state, warnings);
  }

  /**
   * Every finished trial of whatever protocol, in the order of the file names.
   *
   * @throws TamisException of kind BAD_DATA if a file is damaged; UNAVAILABLE if there is no such
   *     directory
   */
  public List<FinishedTrial> all() {
    if (!Files.isDirectory(directory)) {
      throw new TamisException(Kind.UNAVAILABLE, "there is no directory of trials " + directory);
    }
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, "*" + RESULT)) {
      stream.forEach(files::add);
    } catch (IOException e) {
      throw failed(directory, e);
    }
    Collections.sort(files);
    return files.stream().map(TrialStore::read).toList();
  }

  private static FinishedTrial read(Path file) {
    StateFile result = StateFile.read(file);
    TrialKey key = TrialFile.readKey(file, result.state());
    String name = file.getFileName().toString();
    Path beside = file.resolveSibling(name.substring(0, name.length() - RESULT.length()) + COST);
    StateFile cost = StateFile.read(beside);
    if (!cost.identity().equals("cost of " + key.text())) {
      throw TamisException.badData(beside + ": is the cost of another trial; move both away");
    }
    return new FinishedTrial(
        key, TrialFile.readResult(result.state()), TrialFile.readCost(cost.state()));
  }

  private Path file(TrialKey key, String end) {
    return directory.resolve(
        key.method() + "-" + key.seed() + "-" + Sha256.of(key.text()).substring(0, 16) + end);
  }

  private static TamisException failed(Path place, IOException e) {
    return new TamisException(Kind.IO, "cannot read or write " + place + ": " + Reasons.of(e), e);
  }
}
