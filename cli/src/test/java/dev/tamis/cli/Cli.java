package dev.tamis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A command line that was run in this process, with what it wrote. No run may show a stack trace or
 * the name of an exception.
 *
 * @param code the exit code
 * @param out what it wrote to stdout
 * @param err what it wrote to stderr
 */
record Cli(int code, String out, String err) {
  static Cli run(String... args) {
    return onTerminal(0, args);
  }

  /** With a stderr that is a terminal of some columns. */
  static Cli onTerminal(int columns, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            columns,
            false);
    int code = Tamis.run(terminal, new StopNotice(terminal), args);
    Cli result =
        new Cli(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    assertThat(result.out + result.err)
        .doesNotContain("\tat ")
        .doesNotContain("Exception")
        .doesNotContain("internal error");
    return result;
  }

  Cli succeeds() {
    assertThat(code).as("exit code; stderr: %s", err).isZero();
    return this;
  }

  /** Ended with this code, said so on stderr, and left stdout alone. */
  Cli fails(int expected, String... parts) {
    assertThat(code).as("exit code; stderr: %s", err).isEqualTo(expected);
    assertThat(err).contains(parts);
    assertThat(out).isEmpty();
    return this;
  }

  /** Stdout as the JSON object that it must be, and nothing else. */
  JsonTree json() {
    return JsonTree.parse(out);
  }
}
