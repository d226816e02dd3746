package dev.tamis.artifact;

import dev.tamis.config.TamisException;
import dev.tamis.data.Sha256;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The SHA-256 of the files of a model, taken by a thread of its own while another thread reads
 * them: one digest is as slow as all other checks together, and the second to come finds the file
 * in memory. Files are taken in the order of the manifest.
 */
final class SectionDigests implements Closeable {
  private static final int BUFFER_BYTES = 1 << 18;

  private final Path directory;
  private final ExecutorService thread;
  private final Map<String, CompletableFuture<String>> digests = new LinkedHashMap<>();

  SectionDigests(Path directory, List<Section> sections) {
    this.directory = directory;
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread daemon = new Thread(task, "tamis-digest");
              daemon.setDaemon(true);
              return daemon;
            });
    for (Section section : sections) {
      digests.put(
          section.file(),
          CompletableFuture.supplyAsync(() -> digest(directory.resolve(section.file())), thread));
    }
  }

  /**
   * Waits for the digest of a file.
   *
   * @return what is wrong if it is not what the manifest says; empty, too, for a file that is not
   *     there, of which the one who reads it has more to say
   */
  Optional<TamisException> problem(Section section) throws IOException {
    String actual;
    try {
      actual = digests.get(section.file()).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException failure) {
        if (failure.getCause() instanceof NoSuchFileException) {
          return Optional.empty();
        }
        throw failure.getCause();
      }
      throw e;
    }
    return actual.equals(section.sha256())
        ? Optional.empty()
        : Optional.of(
            Failures.checksum(
                directory.resolve(section.file()),
                "SHA-256",
                actual,
                "the manifest",
                section.sha256()));
  }

  private static String digest(Path file) {
    MessageDigest sha = Sha256.start();
    byte[] bytes = new byte[BUFFER_BYTES];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      for (int count; (count = channel.read(buffer.clear())) >= 0; ) {
        sha.update(bytes, 0, count);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Sha256.text(sha);
  }

  /** Stops; what is being read is left. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
