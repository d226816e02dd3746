package dev.tamis.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command itself: its verbs, and how it ends. */
@Command(
    name = "tamis",
    header = "A recommender for implicit feedback: from a file of interactions to recommendations.",
    footer = {
      "  tamis demo                                        see the whole of it in a minute",
      "  tamis import interactions.csv                     look at your data",
      "  tamis train interactions.csv --method bpr \\%n"
          + "      --split random:0.8 --out model              train a model and measure it",
      "  tamis recommend model --user 42                   recommend",
    },
    versionProvider = Tamis.Version.class,
    subcommands = {
      DemoCommand.class,
      GenerateCommand.class,
      ImportCommand.class,
      SplitCommand.class,
      TrainCommand.class,
      ExtendCommand.class,
      EvaluateCommand.class,
      CompareCommand.class,
      RecommendCommand.class,
      SimilarCommand.class,
      VerifyCommand.class,
      SamplersCommand.class,
      TuneCommand.class,
      ReproduceCommand.class,
      MethodsCommand.class,
    })
final class Tamis implements Runnable {
  private final Terminal terminal;
  private final StopNotice stopNotice;
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  boolean version;

  private Tamis(Terminal terminal, StopNotice stopNotice) {
    this.terminal = terminal;
    this.stopNotice = stopNotice;
  }

  Terminal terminal() {
    return terminal;
  }

  /** What a verb says of going on after a signal. */
  StopNotice stopNotice() {
    return stopNotice;
  }

  /**
   * Runs a command line and returns its exit code.
   *
   * @param stopNotice is kept up to date, for whoever prints it when a signal comes
   */
  static int run(Terminal terminal, StopNotice stopNotice, String... args) {
    Failures failures = new Failures(terminal, args);
    int code;
    try {
      code = commandLine(terminal, stopNotice, failures).execute(args);
    } catch (OutOfMemoryError e) {
      code = failures.outOfMemory(e);
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      code = failures.failed(e);
    }
    return failures.afterOutput(code);
  }

  private static CommandLine commandLine(
      Terminal terminal, StopNotice stopNotice, Failures failures) {
    CommandLine command = new CommandLine(new Tamis(terminal, stopNotice));
    HelpLayout.apply(command, terminal);
    command.registerConverter(Integer.class, Failures::wholeNumber);
    command.registerConverter(int.class, Failures::wholeNumber);
    command.registerConverter(Long.class, Failures::longNumber);
    command.registerConverter(long.class, Failures::longNumber);
    command.registerConverter(Double.class, Failures::number);
    command.setParameterExceptionHandler(failures::badUsage);
    command.setExecutionExceptionHandler((exception, failed, parsed) -> failures.failed(exception));
    return command;
  }

  /** Without a verb: the help. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** The version, for --version. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"tamis " + dev.tamis.config.Version.current()};
    }
  }
}
