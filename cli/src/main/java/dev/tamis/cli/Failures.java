package dev.tamis.cli;

import dev.tamis.config.Suggestion;
import dev.tamis.config.TamisException;
import dev.tamis.lab.page.Sizes;
import dev.tamis.lab.page.Visible;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever went wrong into one clear message and an exit code. */
final class Failures {
  private static final int INTERNAL = 70;

  private final Terminal terminal;
  private final boolean debug;

  Failures(Terminal terminal, String... args) {
    this.terminal = terminal;
    this.debug = Arrays.asList(args).contains("--debug");
  }

  /** The command line could not be understood. */
  int badUsage(ParameterException failure, String[] args) {
    CommandLine at = failure.getCommandLine();
    String verb = at.getCommandSpec().qualifiedName();
    say(verb + ": " + asTyped(failure, args));
    terminal.err().println("Run '" + verb + " --help' to see how it is used.");
    trace(failure);
    return TamisException.Kind.USAGE.exitCode();
  }

  /** A verb threw. */
  int failed(Throwable failure) {
    if (failure instanceof TamisException known) {
      say("tamis: " + known.getMessage());
      trace(failure);
      return known.kind().exitCode();
    }
    // What loads the kernels is the first use of them, wherever that is.
    if (failure instanceof ExceptionInInitializerError
        && failure.getCause() != null
        && System.getProperty("tamis.kernels") != null) {
      say("tamis: " + failure.getCause().getMessage());
      trace(failure);
      return TamisException.Kind.CONFIG.exitCode();
    }
    say(
        "tamis: internal error: "
            + failure.getClass().getName()
            + (failure.getMessage() == null ? "" : ": " + failure.getMessage())
            + (debug ? "" : "; run the same command with --debug to see where")
            + ". This is a defect of Tamis; please report it.");
    trace(failure);
    return INTERNAL;
  }

  /** The heap was too small after all. */
  int outOfMemory(OutOfMemoryError failure) {
    say(
        "tamis: out of memory: the heap has "
            + Sizes.text(Runtime.getRuntime().maxMemory())
            + "; give it more (TAMIS_JAVA_OPTS=-Xmx...), use less data, or options that need less"
            + " (tamis train --plan shows what needs how much)");
    trace(failure);
    return TamisException.Kind.CONFIG.exitCode();
  }

  /** The exit code once output that could not be written is taken into account. */
  int afterOutput(int code) {
    if (terminal.out().checkError() && code == 0) {
      say("tamis: the output could not be written in full (disk full, or its reader has gone)");
      return TamisException.Kind.IO.exitCode();
    }
    return code;
  }

  static Integer wholeNumber(String text) {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is not a whole number");
    }
  }

  static Long longNumber(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is not a whole number");
    }
  }

  static Double number(String text) {
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new TypeConversionException("'" + text + "' is not a number");
  }

  /** The sentence with the name of the option that was typed, where it has several. */
  private static String asTyped(ParameterException failure, String[] args) {
    String sentence = sentence(failure);
    if (failure.getArgSpec() instanceof OptionSpec option) {
      for (String arg : args) {
        String name = arg.contains("=") ? arg.substring(0, arg.indexOf('=')) : arg;
        if (Arrays.asList(option.names()).contains(name)) {
          return sentence.replace("'" + option.longestName(), "'" + name);
        }
      }
    }
    return sentence;
  }

  private static String sentence(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      String given = unmatched.getUnmatched().get(0);
      CommandLine at = failure.getCommandLine();
      if (given.startsWith("-") && given.length() > 1) {
        List<String> known = new ArrayList<>(at.getCommandSpec().optionsMap().keySet());
        String name = given.contains("=") ? given.substring(0, given.indexOf('=')) : given;
        return "unknown option '" + name + "'" + Suggestion.clause(name, known);
      }
      if (!at.getSubcommands().isEmpty()) {
        List<String> verbs = new ArrayList<>(at.getSubcommands().keySet());
        return "unknown verb '" + given + "'" + Suggestion.among(given, verbs);
      }
      return "there is one argument too many: '" + given + "'";
    }
    return failure.getMessage();
  }

  private void say(String message) {
    terminal.err().println(Visible.lines(message));
  }

  private void trace(Throwable failure) {
    if (debug) {
      PrintStream err = terminal.err();
      failure.printStackTrace(err);
    }
  }
}
