package dev.tamis.cli;

/** Shows one training after another. */
final class Trainings implements AutoCloseable {
  private final Console console;
  private Progress progress;

  Trainings(Console console) {
    this.console = console;
    this.progress = new Progress(console);
  }

  /** Ends what is shown of the last training, and says in a line which one comes next. */
  Progress next(String format, Object... arguments) {
    progress.close();
    console.note(format, arguments);
    progress = new Progress(console);
    return progress;
  }

  @Override
  public void close() {
    progress.close();
  }
}
