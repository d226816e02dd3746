package dev.tamis.cli;

import dev.tamis.train.TrainingListener;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows how training goes: a bar with an estimate on a terminal, plain lines elsewhere (at most one
 * a second, and the last). Also keeps what it heard, for the run log.
 */
final class Progress implements TrainingListener, AutoCloseable {
  private static final long LINE_EVERY_NANOS = 1_000_000_000L;
  private static final long BAR_EVERY_NANOS = 100_000_000L;

  private final Console console;
  private final List<Map<String, Object>> history = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private ProgressBar bar;
  private int firstEpoch;
  private int epochs;
  private long started;
  private long epochStarted;
  private long firstEpochDone;
  private long lastShown;
  private String pendingLine;

  Progress(Console console) {
    this.console = console;
  }

  /** A map an epoch: epoch, loss, seconds, and the metrics of the validation. */
  List<Map<String, Object>> history() {
    return history;
  }

  /** Remarks made during training, and why it stopped early. */
  List<String> notes() {
    return notes;
  }

  @Override
  public void started(String method, int firstEpoch, int epochs, long stepsPerEpoch) {
    close(); // a method may train more than once
    this.firstEpoch = firstEpoch;
    this.epochs = epochs;
    started = System.nanoTime();
    epochStarted = started;
    if (firstEpoch > 0) {
      console.note("resumed after epoch %d of %d", firstEpoch, epochs);
    }
    if (!console.quiet() && console.columns() > 0 && epochs > 0) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(method)
              .setInitialMax(epochs * Math.max(1, stepsPerEpoch))
              .startsFrom(firstEpoch * Math.max(1, stepsPerEpoch), java.time.Duration.ZERO)
              .setStyle(ProgressBarStyle.UNICODE_BLOCK)
              .setUpdateIntervalMillis(200)
              .setConsumer(new OneLine(console.err(), console.columns()))
              .build();
    }
  }

  @Override
  public void stepDone(int epoch, long step, long stepsPerEpoch) {
    if (bar == null) {
      return;
    }
    long now = System.nanoTime();
    if (now - lastShown >= BAR_EVERY_NANOS) {
      lastShown = now;
      bar.stepTo((epoch - 1) * Math.max(1, stepsPerEpoch) + Math.min(step, stepsPerEpoch));
    }
  }

  @Override
  public void epochDone(int epoch, double loss, SortedMap<String, Double> validation) {
    long now = System.nanoTime();
    double seconds = (now - epochStarted) / 1e9;
    epochStarted = now;
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("epoch", epoch);
    entry.put("loss", loss);
    entry.put("seconds", seconds);
    entry.put("validation", new TreeMap<>(validation));
    history.add(entry);

    StringBuilder state = new StringBuilder(String.format(Locale.ROOT, "loss %.4f", loss));
    validation.forEach(
        (name, value) -> state.append(String.format(Locale.ROOT, "  %s %.4f", name, value)));
    if (bar != null) {
      bar.stepTo(bar.getMax() / Math.max(1, epochs) * epoch);
      bar.setExtraMessage(" epoch " + epoch + "  " + state);
      return;
    }
    int done = epoch - firstEpoch;
    if (done == 1) {
      firstEpochDone = now;
    }
    // The first epoch is slower, as the program is still being compiled: not counted when others
    // are.
    double each = done > 1 ? (now - firstEpochDone) / 1e9 / (done - 1) : (now - started) / 1e9;
    pendingLine =
        String.format(
            Locale.ROOT,
            "epoch %d/%d  %s  (%.2f s%s)",
            epoch,
            epochs,
            state,
            seconds,
            epoch < epochs ? ", about " + duration(each * (epochs - epoch)) + " left" : "");
    if (now - lastShown >= LINE_EVERY_NANOS) {
      lastShown = now;
      showPending();
    }
  }

  @Override
  public void stoppedEarly(int epoch, String reason) {
    notes.add("stopped after epoch " + epoch + ": " + reason);
    closeBar();
    showPending();
    console.note("stopped after epoch %d: %s", epoch, reason);
  }

  @Override
  public void note(String message) {
    notes.add(message);
    if (bar == null) {
      console.note("%s", message);
    }
  }

  @Override
  public void close() {
    closeBar();
    showPending();
  }

  /** Seconds as people say them: "8 s", "3 min 20 s", "2 h 5 min". */
  static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    return whole < 3600
        ? whole / 60 + " min " + whole % 60 + " s"
        : whole / 3600 + " h " + whole % 3600 / 60 + " min";
  }

  private void showPending() {
    if (pendingLine != null) {
      console.note("%s", pendingLine);
      pendingLine = null;
    }
  }

  private void closeBar() {
    if (bar != null) {
      bar.close();
      bar = null;
      console.err().println();
    }
  }

  /** Draws on one line of the terminal, again and again. */
  private record OneLine(PrintStream err, int columns) implements ProgressBarConsumer {
    @Override
    public int getMaxRenderedLength() {
      return columns - 1;
    }

    @Override
    public void accept(String rendered) {
      err.print("\r" + rendered);
      err.flush();
    }

    @Override
    public void clear() {
      err.print("\r" + " ".repeat(Math.max(0, columns - 1)) + "\r");
      err.flush();
    }

    @Override
    public void close() {
      // the line is ended by whoever ends the bar
    }
  }
}
