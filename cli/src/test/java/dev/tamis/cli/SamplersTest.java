package dev.tamis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.lab.page.Page;
import dev.tamis.method.sampler.Sampler;
import dev.tamis.method.sampler.Samplers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** {@code tamis samplers}: table, JSON and page. */
@TestInstance(Lifecycle.PER_CLASS)
class SamplersTest {
  private static final String[] SMALL = {
    "--users", "20", "--draws", "500", "--replicates", "50", "--sizes", "20,5"
  };

  @TempDir private static Path directory;
  private Path model;
  private Path wild; // a model whose path has what pages must not take for their own

  @BeforeAll
  void makeModels() {
    // More items than there are clusters.
    Path data = directory.resolve("wide");
    Cli.run("generate", data.toString(), "--users", "120", "--items", "150").succeeds();
    String interactions = data.resolve("interactions.tsv.gz").toString();
    model = directory.resolve("model");
    wild = directory.resolve("<b>&{document}<!--'\"");
    for (Path out : List.of(model, wild)) {
      Cli.run("train", interactions, "--method", "pris", "--epochs", "2", "--out", out.toString())
          .succeeds();
    }
  }

  private static Cli samplers(String... arguments) {
    return Cli.run(
            Stream.of(new String[] {"samplers"}, SMALL, arguments)
                .flatMap(Stream::of)
                .toArray(String[]::new))
        .succeeds();
  }

  @Test
  void tableHasALineForEachSampler() {
    Cli run = samplers(model.toString(), "--no-times");
    assertThat(run.out()).contains("pris, 2 epochs", "bias@5", "spread@20", "over 20 of 120 users");
    assertThat(run.out()).doesNotContain("refresh");
    for (Sampler sampler : Samplers.measured()) {
      assertThat(run.out().lines().filter(line -> line.startsWith("  " + sampler.name() + " ")))
          .as(sampler.name())
          .hasSize(2);
    }
  }

  @Test
  void timesAreMarkedAndApart() {
    JsonTree document =
        samplers(model.toString(), "--sampler", "uniform", "--time-sizes", "3,30", "--json").json();
    assertThat(document.at("models.0.times.reproducible").value()).isEqualTo(false);
    assertThat(document.at("models.0.times.samplers.0.name").text()).isEqualTo("uniform");
    assertThat(document.at("models.0.times.samplers.0.draws.1.size").number()).isEqualTo(30);
    assertThat(document.at("models.0.times.samplers.0.draws.1.nanoseconds").number()).isPositive();
  }

  @Test
  void documentHasAVersionAndWhatWasMeasured() {
    JsonTree document =
        samplers(
                model.toString(),
                wild.toString(),
                "--sampler",
                "cluster-uniform,uniform,uniform",
                "--no-times",
                "--json")
            .json();
    assertThat(document.at("format").text()).isEqualTo("tamis-samplers");
    assertThat(document.at("format_version").number()).isEqualTo(1);
    assertThat(document.at("models").list()).hasSize(2);
    assertThat(document.at("models.1.model").text()).isEqualTo(wild.toString());
    assertThat(document.at("models.0.times.samplers").list()).isEmpty();
    JsonTree samplers = document.at("models.0.samplers");
    assertThat(samplers.list()).hasSize(2);
    assertThat(samplers.at("0.name").text()).isEqualTo("cluster-uniform");
    assertThat(samplers.at("1.gradient.0.size").number()).isEqualTo(5);
    assertThat(samplers.at("1.kl.mean").number()).isPositive();
    assertThat(samplers.at("1.trials.mean").number()).isGreaterThan(1);
    String curve = "models.0.curves." + samplers.at("1.softmax").text();
    for (String path : List.of(curve, "models.0.samplers.1.curve", "models.0.curves.items")) {
      assertThat(document.at(path).list()).hasSize(101);
    }
    for (String path : List.of(curve, "models.0.samplers.1.curve_of_draws")) {
      assertThat(document.at(path + ".100").number()).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void nothingButTimesChangesFromRunToRun() {
    Cli one = samplers(model.toString(), "--no-times", "--json", "--threads", "1");
    Cli three = samplers(model.toString(), "--no-times", "--json", "--threads", "3");
    assertThat(three.out()).isEqualTo(one.out());
  }

  /** What cannot draw for these data is passed over, unless it was asked for. */
  @Test
  void samplerThatDoesNotFitIsLeftOut() {
    Fixture few = new Fixture(directory);
    Cli all = samplers(few.bpr.toString(), "--no-times");
    assertThat(all.out()).contains("uniform").doesNotContain("cluster");
    assertThat(all.err()).contains("sampler cluster-uniform is left out: ");
    Cli.run("samplers", few.bpr.toString(), "--sampler", "cluster-uniform")
        .fails(78, "100 clusters");
    assertThat(samplers(few.bpr.toString(), "--no-times", "--set", "clusters=7", "--json").json())
        .satisfies(
            document ->
                assertThat(document.at("models.0.samplers").list())
                    .hasSize(Samplers.measured().size()));
  }

  @Test
  void pageHoldsItsDataAndLoadsNothing() throws IOException {
    Path page = directory.resolve("reports/page.html");
    Cli run = samplers(wild.toString(), "--no-times", "--json", "--html", page.toString());
    String html = Files.readString(page);

    // The page's own data are the document, in which no model can end the script it stands in.
    String data = between(html, "<script type=\"application/json\" id=\"document\">", "</script>");
    assertThat(JsonTree.parse(data)).isEqualTo(run.json());
    assertThat(html).contains("&lt;b&gt;&amp;{document}&lt;!--'&quot;: pris, 2 epochs</h2>");
    for (Sampler sampler : Samplers.measured()) {
      assertThat(html).contains("<td>" + sampler.name() + "</td>");
    }
    // Beside the library, whose comments name its home, there is no address at all.
    assertThat(html).contains(library("uPlot.iife.min.js"), library("LICENSE"));
    String own = html.replace(library("uPlot.iife.min.js"), "");
    assertThat(own).doesNotContain("://", " src=", " href=", "@import", "url(", "fetch(");
    assertThat(own).contains("content=\"default-src 'none';");
    assertThat(own.split("<script", -1)).hasSize(4);
    assertThat(own).doesNotContain("{style}", "{script}", "{sections}", "{seed}");
  }

  @Test
  void pageHasChartsForWhatWasMeasured() throws IOException {
    Path page = directory.resolve("timed.html");
    samplers(
        model.toString(),
        "--sampler",
        "uniform,midx-uniform",
        "--draws",
        "10,100",
        "--sweep",
        "codewords=2,4",
        "--html",
        page.toString(),
        "--quiet");
    String html = Files.readString(page);
    for (String chart :
        List.of(
            "progress",
            "cumulative",
            "density",
            "density-of-draws",
            "draws",
            "sweep",
            "sweep-fewest",
            "sweep-most",
            "bias",
            "spread",
            "row-times",
            "times")) {
      assertThat(html).contains("data-chart=\"" + chart + "\"");
    }
    for (int figure = 2; figure <= 6; figure++) {
      assertThat(html).contains("(FastVAE, figure " + figure + ")</h3>");
    }
  }

  @Test
  void sweepMeasuresEachValue() {
    String[] some = {
      model.toString(), "--sampler", "uniform,midx-uniform,midx-residual", "--no-gradients"
    };
    String[] swept =
        Stream.of(some, new String[] {"--sweep", "codewords=4,1,2", "--time-sizes", "5", "--json"})
            .flatMap(Stream::of)
            .toArray(String[]::new);
    JsonTree document = samplers(swept).json().at("models.0");
    JsonTree sweep = document.at("sweep");
    assertThat(sweep.at("option").text()).isEqualTo("codewords");
    assertThat(sweep.at("values").list()).isEqualTo(List.of("4", "1", "2"));
    assertThat(sweep.at("samplers").list()).hasSize(2);
    assertThat(document.at("samplers.1.gradient").list()).isEmpty();
    assertThat(document.at("times.sweep.1.values.2.draws.0.nanoseconds").number()).isPositive();

    // One codeword for all items is no cluster: what is left is even, and with scores the softmax.
    double even = document.at("samplers.0.kl.mean").number();
    assertThat(sweep.at("samplers.0.kl.1.mean").number()).isCloseTo(even, within(1e-6));
    assertThat(sweep.at("samplers.0.kl.0.mean").number()).isNotCloseTo(even, within(1e-4));
    assertThat(sweep.at("samplers.1.kl.1.mean").number()).isCloseTo(0, within(1e-6));

    for (String wrong : List.of("codewords", "codewords=", "codewords=4,4", "=4")) {
      Cli.run("samplers", model.toString(), "--sweep", wrong).fails(2, "OPTION=VALUE");
    }
    Cli.run("samplers", model.toString(), "--sweep", "codeword=4")
        .fails(78, "did you mean 'codewords'");
    Cli.run("samplers", model.toString(), "--sweep", "codewords=4,0").fails(78, "codewords");
  }

  @Test
  void sweepGoesOnWithoutAValueThatDoesNotFitTheModel() {
    Cli outcome =
        samplers(
            model.toString(),
            "--sampler",
            "cluster-uniform",
            "--no-gradients",
            "--no-times",
            "--sweep",
            "clusters=2,60000,3",
            "--json");

    assertThat(outcome.err()).contains("clusters=60000: sampler cluster-uniform is left out");
    JsonTree kl = outcome.json().at("models.0.sweep.samplers.0.kl");
    assertThat(kl.list()).hasSize(3);
    assertThat(kl.list().get(1)).isNull();
    assertThat(kl.at("2.mean").number()).isPositive();
  }

  /** Before training, what is drawn by scores is nearly even; and histories are encoded. */
  @Test
  void untrainedModelStandsBeforeTheTrainedOne() {
    Path encoder = directory.resolve("encoder");
    String interactions = directory.resolve("wide/interactions.tsv.gz").toString();
    Cli.run(
            "train",
            interactions,
            "--method",
            "fast-vae",
            "--epochs",
            "10",
            "--set",
            "batch-size=16",
            "--set",
            "learning-rate=0.01",
            "--out",
            encoder.toString())
        .succeeds();
    for (Path trained : List.of(encoder, model)) {
      JsonTree document =
          samplers(
                  trained.toString(),
                  "--untrained",
                  "--sampler",
                  "uniform,midx-popularity,midx-exact",
                  "--no-gradients",
                  "--draws",
                  "10,400,10",
                  "--sweep",
                  "codewords=2",
                  "--no-times",
                  "--json")
              .json();
      assertThat(document.at("models").list()).hasSize(2);
      assertThat(document.at("models.0.untrained").truth()).isTrue();
      assertThat(document.at("models.0.epochs").number()).isZero();
      assertThat(document.at("models.1.epochs").number()).isGreaterThan(1);
      for (int m = 0; m < 2; m++) {
        JsonTree uniform = document.at("models." + m + ".samplers.0");
        assertThat(uniform.at("kl_of_draws.0.draws").number()).isEqualTo(10);
        assertThat(uniform.at("kl_of_draws.1.draws").number()).isEqualTo(400);
        assertThat(uniform.at("kl_by_user").list()).hasSize(20);
        assertThat(uniform.at("kl_density").list()).hasSize(201);
      }
      if (trained.equals(encoder)) {
        assertThat(document.at("models.0.samplers.0.kl.mean").number())
            .isLessThan(0.5 * document.at("models.1.samplers.0.kl.mean").number());
      }
    }
  }

  private static String library(String file) throws IOException {
    try (InputStream in = Page.class.getResourceAsStream("uplot-1.6.32/" + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String between(String text, String start, String end) {
    int from = text.indexOf(start) + start.length();
    return text.substring(from, text.indexOf(end, from));
  }
}
