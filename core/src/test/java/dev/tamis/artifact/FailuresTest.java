package dev.tamis.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A message names the file that has to be mended, not only the directory it is in. */
class FailuresTest {
  @Test
  void theFileIsNamedWhereItIsKnown() {
    Path model = Path.of("model");
    assertThat(Failures.reading(model, new AccessDeniedException("model/users.ids")))
        .hasMessage("cannot read model/users.ids: permission denied");
    assertThat(Failures.reading(model, new IOException("Input/output error")))
        .hasMessage("cannot read model: Input/output error");
  }
}
