package dev.tamis.cli;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Settings;
import dev.tamis.config.Suggestion;
import dev.tamis.config.TamisException;
import dev.tamis.eval.samplers.ProbeOptions;
import dev.tamis.eval.samplers.SamplerProbe;
import dev.tamis.eval.samplers.SamplerReport;
import dev.tamis.kernels.Workers;
import dev.tamis.lab.page.Visible;
import dev.tamis.method.Sampler;
import dev.tamis.method.Samplers;
import dev.tamis.model.FactorModel;
import dev.tamis.model.PairModel;
import dev.tamis.sample.Proposal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
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
    })
final class SamplersCommand implements Callable<Integer> {
  @ParentCommand private Tamis tamis;
  @Mixin private CommonOptions common;

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
      paramLabel = "N",
      defaultValue = "10000",
      description = "How many items to draw for each of them (default: ${DEFAULT-VALUE}).")
  private int draws;

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

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Keys every random number (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--threads",
      paramLabel = "T",
      description = "Threads (default: one a processor). They change nothing but times.")
  private Integer threads;

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
    int threadCount = Limits.threads(threads);
    ProbeOptions options = options();
    List<Sampler> samplers =
        names.isEmpty()
            ? Samplers.all()
            : new LinkedHashSet<>(names).stream().map(Samplers::named).toList();
    Map<String, String> settings = settings(samplers);
    if (html != null) {
      Limits.creatable("--html", html);
    }
    List<ProbedModel> probed = new ArrayList<>();
    try (Workers workers = new Workers(threadCount)) {
      for (Path directory : directories) {
        probed.add(probe(console, directory, samplers, settings, options, workers));
      }
    }
    Map<String, Object> document = SamplersDocument.tree(options, probed);
    if (html != null) {
      write(html, SamplersPage.of(options, probed, document));
      console.note("the page is in %s", html);
    }
    if (console.json()) {
      console.json(document);
    } else {
      for (int m = 0; m < probed.size(); m++) {
        if (m > 0) {
          console.line("");
        }
        print(console, probed.get(m), options.sizes());
      }
    }
    return 0;
  }

  private ProbeOptions options() {
    timeSizes.forEach(size -> Limits.within("--time-sizes", size, 1, ProbeOptions.MOST));
    List<Integer> ascending = sizes.stream().distinct().sorted().toList();
    return new ProbeOptions(users, seed, draws, ascending, replicates);
  }

  /** What was set, by name: each is an option of some of the samplers. */
  private Map<String, String> settings(List<Sampler> samplers) {
    Map<String, String> texts = SetOptions.texts(set);
    SortedSet<String> known = new TreeSet<>();
    for (Sampler sampler : samplers) {
      sampler.options().forEach(option -> known.add(option.name()));
      sampler.read(texts); // refuses values that are not allowed
    }
    for (String name : texts.keySet()) {
      if (!known.contains(name)) {
        throw TamisException.config(
            "no sampler that is to be measured has an option '"
                + name
                + "'"
                + Suggestion.clause(name, known)
                + (known.isEmpty() ? "" : " (known: " + String.join(", ", known) + ")"));
      }
    }
    return texts;
  }

  private ProbedModel probe(
      Console console,
      Path directory,
      List<Sampler> samplers,
      Map<String, String> settings,
      ProbeOptions options,
      Workers workers) {
    TrainedModel trained = Models.read(directory);
    PairModel model = pairs(directory, trained);
    SamplerProbe probe = new SamplerProbe(trained.seen(), model, options, workers);
    List<ProbedModel.Probed> found = new ArrayList<>();
    for (Sampler sampler : samplers) {
      Settings given = sampler.read(settings);
      Proposal proposal;
      try {
        proposal = sampler.maker().make(trained.seen(), model.items().width(), given);
      } catch (TamisException e) {
        if (!names.isEmpty()) {
          throw e; // it was asked for
        }
        console.note("%s: sampler %s is left out: %s", directory, sampler.name(), e.getMessage());
        continue;
      }
      console.note("%s: sampler %s", directory, sampler.name());
      found.add(measure(sampler, given, proposal, model, probe, workers));
    }
    boolean all = found.stream().anyMatch(some -> some.report().drawsPositives());
    return new ProbedModel(
        directory.toString(),
        trained.method(),
        trained.epochs(),
        trained.fingerprint(),
        probe.users(),
        trained.users().size(),
        trained.items().size(),
        probe.curveItems(),
        probe.softmax(false),
        all ? Optional.of(probe.softmax(true)) : Optional.empty(),
        found);
  }

  private static PairModel pairs(Path directory, TrainedModel trained) {
    if (trained.model() instanceof FactorModel factors) {
      return factors.pairs();
    }
    throw TamisException.usage(
        directory
            + " is a model of method '"
            + trained.method()
            + "' and kind '"
            + trained.model().kind()
            + "'; samplers are measured on models of kind '"
            + FactorModel.KIND
            + "', whose score is an inner product of a user's and an item's vector: train bpr,"
            + " pris, sampled-softmax or another method that draws negatives, with score dot or"
            + " gmf");
  }

  private ProbedModel.Probed measure(
      Sampler sampler,
      Settings given,
      Proposal proposal,
      PairModel model,
      SamplerProbe probe,
      Workers workers) {
    // As in training: some samplers have nothing of the model yet in the first epoch.
    for (int epoch = 0; epoch < 2; epoch++) {
      proposal.refresh(model, seed, epoch, workers);
    }
    SamplerReport report = probe.measure(proposal);
    return new ProbedModel.Probed(
        sampler,
        given.complete(sampler.options()),
        report,
        noTimes ? Optional.empty() : Optional.of(probe.clock().measure(proposal, timeSizes)));
  }

  private static void print(Console console, ProbedModel model, List<Integer> sizes) {
    console.line(console.bold(Visible.line(model.title())));
    console.line("");
    console.line("divergence from the softmax in nats, of the law and of draws");
    SamplersTables.lines(SamplersTables.law(model)).forEach(console::line);
    SamplersTables.pools(model).ifPresent(note -> console.line("  " + note));
    console.line("");
    console.line("gradients by so many drawn items, relative to those of the full softmax");
    SamplersTables.lines(SamplersTables.gradients(model, sizes)).forEach(console::line);
    List<String[]> times = SamplersTables.times(model);
    if (!times.isEmpty()) {
      console.line("");
      console.line(
          "nanoseconds a draw, by how many are drawn for a row at a time, on this machine: not"
              + " reproducible");
      SamplersTables.lines(times).forEach(console::line);
    }
    console.line("");
    console.line(String.format("  over %,d of %,d users", model.users(), model.allUsers()));
  }

  private static void write(Path file, String page) {
    try {
      Path parent = file.toAbsolutePath().getParent();
      Files.createDirectories(parent);
      Files.writeString(file, page);
    } catch (IOException e) {
      throw new TamisException(TamisException.Kind.IO, "--html " + file + ": " + Reasons.of(e), e);
    }
  }
}
