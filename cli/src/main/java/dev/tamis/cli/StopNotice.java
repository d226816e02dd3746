package dev.tamis.cli;

/** What is said when a signal ends the process: that it did, and how to go on where one can. */
final class StopNotice {
  private final Terminal terminal;
  private volatile String advice = ""; // read on the thread that the signal starts

  StopNotice(Terminal terminal) {
    this.terminal = terminal;
  }

  /** From now on there is something to go on with; an empty text: no longer. */
  void advise(String text) {
    advice = text;
  }

  /** Prints it. */
  void print() {
    String how = advice;
    terminal.err().println("\ntamis: stopped by a signal" + (how.isEmpty() ? "" : "; " + how));
  }
}
