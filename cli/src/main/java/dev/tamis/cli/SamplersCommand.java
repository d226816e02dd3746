package dev.tamis.cli;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.eval.samplers.ProbeOptions;
import dev.tamis.kernels.Workers;
import dev.tamis.lab.page.Visible;
import dev.tamis.method.sampler.Sampler;
import dev.tamis.method.sampler.Samplers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code tamis samplers}: how samplers of negatives would do on a trained model. */
@Command(
    name = "samplers",
    header = "Measure samplers of negatives against the softmax of a trained model.",
    description = {
      "How far a sampler's probabilities are from the softmax (Kullback-Leibler divergence, in"
          + " nats), what that does to the gradient, what is drawn in vain, and how long it takes."
          + " The softmax is over the items that a user has not, or over all where the sampler"
          + " draws from all."
    },
    footer = {
      "  tamis samplers model",
      "  tamis samplers model --sampler uniform,cluster-popularity --html samplers.html",
      "  tamis samplers after-1 after-10 after-50 --no-times --json",
      "  tamis samplers model --untrained --users 1000 --no-gradients --sweep codewords=8,16,32"
          + " --html figures.html",
    })
final class SamplersCommand implements Callable<Integer> {
  @ParentCommand private Tamis tamis;
  @Mixin private ConsoleOptions common;

  @Parameters(
      index = "0",
      arity = "1..*",
      paramLabel = "MODEL_DIR",
      description = "Trained models of users' and items' vectors, for example of several epochs.")
  private List<Path> directories = new ArrayList<>();

  @Option(
      names = "--sampler",
      paramLabel = "NAME,NAME,...",
      split = ",",
      hideParamSyntax = true,
      description = "Which samplers (default: all that fit the model).")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "OPTION=VALUE",
      description = "An option of those samplers that have it, as clusters=50. Repeat for more.")
  private List<String> set = new ArrayList<>();

  @Option(
      names = "--users",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many users to look at, drawn by the seed (default: ${DEFAULT-VALUE}).")
  private int users;

  @Option(
      names = "--draws",
      paramLabel = "N,N,...",
      defaultValue = "100,1000,10000",
      split = ",",
      hideParamSyntax = true,
      description =
          "After how many items drawn for each of them the divergence of what was drawn is looked"
              + " at (default: ${DEFAULT-VALUE}). The greatest is how many are drawn.")
  private List<Integer> draws;

  @Option(
      names = "--sizes",
      paramLabel = "N,N,...",
      split = ",",
      hideParamSyntax = true,
      defaultValue = "5,20,100",
      description =
          "With how many drawn items gradients are estimated (default: ${DEFAULT-VALUE}).")
  private List<Integer> sizes;

  @Option(
      names = "--replicates",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many estimates to make of each gradient (default: ${DEFAULT-VALUE}).")
  private int replicates;

  @Option(names = "--no-gradients", description = "Leave gradients out, which take the longest.")
  private boolean noGradients;

  @Option(
      names = "--sweep",
      paramLabel = "OPTION=VALUE,VALUE,...",
      description =
          "Measure those samplers that have this option, as codewords=8,16,32, with each value.")
  private String sweep;

  @Option(
      names = "--untrained",
      description =
          "Measure them on the first model with its vectors drawn anew, too, as before training.")
  private boolean untrained;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Keys every random number (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Mixin private ThreadsOption threads;

  @Option(
      names = "--time-sizes",
      paramLabel = "N,N,...",
      split = ",",
      hideParamSyntax = true,
      defaultValue = "5,50,500",
      description = "How many items to draw at a time by the clock (default: ${DEFAULT-VALUE}).")
  private List<Integer> timeSizes;

  @Option(
      names = "--no-times",
      description = "Leave times out; what is left is the same on every run and machine.")
  private boolean noTimes;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a page with charts, which needs nothing but itself.")
  private Path html;

  @Override
  public Integer call() {
    Console console = common.console(tamis.terminal());
    int threadCount = threads.count();
    ProbeOptions options = options();
    List<Sampler> samplers =
        names.isEmpty()
            ? Samplers.measured()
            : new LinkedHashSet<>(names).stream().map(Samplers::measured).toList();
    Map<String, String> settings = settings(samplers);
    if (html != null) {
      Limits.creatable("--html", html);
    }
    Optional<SamplerSweep> swept = Optional.ofNullable(sweep).map(SamplerSweep::parse);
    swept.ifPresent(option -> option.check(samplers));
    // What is wrong with the last model is said before the minutes that the first takes.
    directories.stream()
        .skip(1)
        .forEach(directory -> Probing.requirePairs(directory, Models.read(directory)));
    List<ProbedModel> probed = new ArrayList<>();
    try (Workers workers = new Workers(threadCount)) {
      Probing probing =
          new Probing(
              console,
              samplers,
              !names.isEmpty(),
              settings,
              swept,
              options,
              noTimes ? List.of() : timeSizes,
              workers);
      for (Path directory : directories) {
        TrainedModel trained = Models.read(directory);
        Probing.requirePairs(directory, trained);
        if (untrained && probed.isEmpty()) {
          probed.add(probing.untrained(directory, trained));
        }
        probed.add(probing.trained(directory, trained));
      }
    }
    Map<String, Object> document = SamplersDocument.tree(options, probed);
    if (html != null) {
      Outputs.write(html, SamplersPage.of(options, probed, document));
      console.note("the page is in %s", html);
    }
    if (console.json()) {
      console.json(document);
    } else {
      for (int m = 0; m < probed.size(); m++) {
        if (m > 0) {
          console.line("");
        }
        print(console, probed.get(m), options);
      }
    }
    return 0;
  }

  private ProbeOptions options() {
    timeSizes.forEach(size -> Limits.within("--time-sizes", size, 1, ProbeOptions.MOST));
    return new ProbeOptions(
        users,
        seed,
        draws.stream().distinct().sorted().toList(),
        noGradients ? List.of() : sizes.stream().distinct().sorted().toList(),
        replicates);
  }

  /** What was set, by name: each is an option of some of the samplers. */
  private Map<String, String> settings(List<Sampler> samplers) {
    Map<String, String> texts = SetOptions.texts(set);
    SamplerSweep.requireKnown(texts.keySet(), samplers);
    samplers.forEach(sampler -> sampler.read(texts)); // refuses values that are not allowed
    return texts;
  }

  private static void print(Console console, ProbedModel model, ProbeOptions options) {
    console.line(console.bold(Visible.line(model.title())));
    console.line("");
    console.line("divergence from the softmax in nats, of the law and of draws");
    SamplersTables.lines(SamplersTables.law(model)).forEach(console::line);
    SamplersTables.pools(model).ifPresent(note -> console.line("  " + note));
    if (options.draws().size() > 1) {
      print(console, "divergence of draws, by their number", SamplersTables.draws(model));
    }
    if (!options.sizes().isEmpty()) {
      print(
          console,
          "gradients by so many drawn items, relative to those of the full softmax",
          SamplersTables.gradients(model, options.sizes()));
    }
    model
        .sweep()
        .ifPresent(
            swept -> {
              print(
                  console,
                  "divergence of the law, by " + swept.option(),
                  SamplersTables.swept(swept));
              SamplersTables.sweptTimes(swept)
                  .ifPresent(
                      rows ->
                          print(
                              console,
                              "microseconds for a row of draws, by "
                                  + swept.option()
                                  + ", on this machine: not reproducible",
                              rows));
            });
    List<String[]> times = SamplersTables.times(model);
    if (!times.isEmpty()) {
      print(
          console,
          "nanoseconds a draw, by how many are drawn for a row at a time, on this machine: not"
              + " reproducible",
          times);
    }
    console.line("");
    console.line(String.format("  over %,d of %,d users", model.users(), model.allUsers()));
  }

  private static void print(Console console, String title, List<String[]> rows) {
    console.line("");
    console.line(title);
    SamplersTables.lines(rows).forEach(console::line);
  }
}
