package dev.tamis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StopNoticeTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final StopNotice notice = new StopNotice(new Terminal(err, err, 0, false));

  @Test
  void saysHowToGoOnOnlyWhereOneCan() {
    notice.print();
    assertThat(printed()).isEqualTo("tamis: stopped by a signal");
    notice.advise("do it again");
    notice.print();
    assertThat(printed()).isEqualTo("tamis: stopped by a signal; do it again");
    notice.advise("");
    notice.print();
    assertThat(printed()).isEqualTo("tamis: stopped by a signal");
  }

  private String printed() {
    String text = bytes.toString(StandardCharsets.UTF_8).strip();
    bytes.reset();
    return text;
  }
}
