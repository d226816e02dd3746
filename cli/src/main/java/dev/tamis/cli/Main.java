package dev.tamis.cli;

/** Where the tamis command starts. */
public final class Main {
  private Main() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.setProperty("java.util.logging.SimpleFormatter.format", "tamis: %5$s%n");
    Terminal terminal = Terminal.ofProcess();
    StopNotice notice = new StopNotice(terminal);
    Thread onSignal = new Thread(notice::print);
    Runtime.getRuntime().addShutdownHook(onSignal);
    int code = Tamis.run(terminal, notice, args);
    try {
      Runtime.getRuntime().removeShutdownHook(onSignal);
    } catch (IllegalStateException e) {
      return; // a signal came first: the process ends with the signal's exit code
    }
    System.exit(code);
  }
}
