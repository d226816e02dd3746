package dev.tamis.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class ReasonsTest {
  @Test
  void reasonsAreWordsWithoutThePath() {
    assertThat(Reasons.of(new NoSuchFileException("/a/b")))
        .isEqualTo("there is no such file or directory");
    assertThat(Reasons.of(new AccessDeniedException("/a/b"))).isEqualTo("permission denied");
    assertThat(Reasons.of(new FileAlreadyExistsException("/a/b"))).isEqualTo("it exists already");
    assertThat(Reasons.of(new FileSystemException("/a/b", null, "No space left on device")))
        .isEqualTo("No space left on device");
    assertThat(Reasons.of(new IOException("Input/output error"))).isEqualTo("Input/output error");
    assertThat(Reasons.of(new EOFException())).isEqualTo("EOFException");
  }
}
