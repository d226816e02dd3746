package dev.tamis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void plainLinesWhereThereIsNoTerminal() {
    try (Progress progress = new Progress(console(0, false))) {
      train(progress);
    }
    assertThat(err()).contains("epoch 3/3  loss 0.3000  ndcg@50 0.1250").doesNotContain("\r");
    assertThat(out.size()).isZero();
  }

  @Test
  void aBarOnATerminalThatEndsFull() {
    try (Progress progress = new Progress(console(100, false))) {
      train(progress);
    }
    assertThat(err()).contains("\r", "bpr 100%", "ndcg@50 0.1250").endsWith(System.lineSeparator());
    assertThat(err().lines().allMatch(line -> line.length() <= 1000)).isTrue();
    assertThat(out.size()).isZero();
  }

  @Test
  void nothingUnderQuiet() {
    try (Progress progress = new Progress(console(100, true))) {
      train(progress);
    }
    assertThat(err()).isEmpty();
  }

  @Test
  void keepsWhatItHeardForTheRunLog() {
    Progress progress = new Progress(console(0, true));
    try (progress) {
      train(progress);
      progress.stoppedEarly(3, "ndcg@50 has not risen");
    }
    assertThat(progress.history()).hasSize(3);
    assertThat(progress.history().get(2)).containsEntry("epoch", 3).containsEntry("loss", 0.3);
    assertThat(progress.notes()).containsExactly("stopped after epoch 3: ndcg@50 has not risen");
  }

  private static void train(Progress progress) {
    SortedMap<String, Double> validation = new TreeMap<>();
    validation.put("ndcg@50", 0.125);
    progress.started("bpr", 0, 3, 2);
    for (int epoch = 1; epoch <= 3; epoch++) {
      progress.stepDone(epoch, 1, 2);
      progress.stepDone(epoch, 2, 2);
      progress.epochDone(
          epoch, epoch / 10.0, epoch == 3 ? validation : Collections.emptySortedMap());
    }
  }

  private Console console(int columns, boolean quiet) {
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            columns,
            false);
    return new Console(terminal, false, quiet, false);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
