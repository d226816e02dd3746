package dev.tamis.cli;

import dev.tamis.lab.page.Json;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/** Prints what a verb has to say, where and how its user asked for it. */
final class Console {
  private final Terminal terminal;
  private final boolean json;
  private final boolean quiet;
  private final boolean color;

  Console(Terminal terminal, boolean json, boolean quiet, boolean color) {
    this.terminal = terminal;
    this.json = json;
    this.quiet = quiet;
    this.color = color;
  }

  /** Whether the result is to be JSON. */
  boolean json() {
    return json;
  }

  boolean quiet() {
    return quiet;
  }

  /** The width of the terminal for messages, or 0 if they do not go to a terminal. */
  int columns() {
    return terminal.columns();
  }

  PrintStream err() {
    return terminal.err();
  }

  /** A line of the result. */
  void line(String text) {
    terminal.out().println(text);
  }

  /** The result as one line of JSON: maps, lists, texts, numbers, booleans and null. */
  void json(Map<String, ?> tree) {
    terminal.out().println(Json.write(tree));
  }

  /** A message beside the result; not printed under --quiet. */
  void note(String format, Object... arguments) {
    if (!quiet) {
      terminal
          .err()
          .println(arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments));
    }
  }

  /** A line that somebody should act on: printed under --quiet too. */
  void warn(String message) {
    terminal.err().println("tamis: warning: " + message);
  }

  String bold(String text) {
    return color ? "\u001b[1m" + text + "\u001b[0m" : text;
  }

  String dim(String text) {
    return color ? "\u001b[2m" + text + "\u001b[0m" : text;
  }
}
