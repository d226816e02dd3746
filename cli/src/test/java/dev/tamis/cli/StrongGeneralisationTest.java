package dev.tamis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tamis.artifact.ModelStore;
import dev.tamis.artifact.TrainedModel;
import dev.tamis.kernels.Workers;
import dev.tamis.rank.Query;
import dev.tamis.rank.Ranked;
import dev.tamis.rank.Recommender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users held out whole: from one command to a list for somebody the model has never seen. */
@TestInstance(Lifecycle.PER_CLASS)
class StrongGeneralisationTest {
  @TempDir private static Path directory;
  private Fixture fixture;
  private Path parts;

  @BeforeAll
  void split() {
    fixture = new Fixture(directory);
    parts = directory.resolve("parts");
    String data = fixture.interactions.toString();
    Cli.run("split", data, "--by", "heldout-users:20:0.8:10", "--out", parts.toString()).succeeds();
  }

  private Cli train(Path out, String method) {
    return fixture.train(
        out,
        "--method",
        method,
        "--split",
        "heldout-users",
        "--users",
        "20",
        "--foldin",
        "0.8",
        "--validation",
        "10",
        "--metric",
        "ndcg@10",
        "--set",
        "latent=8",
        "--set",
        "batch-size=10",
        "--epochs",
        "6",
        "--json");
  }

  /** Measured by what is folded in, in training and from files alike. */
  @ParameterizedTest
  @ValueSource(strings = {"mult-vae", "cdae"})
  void oneCommandMeasuresWhatFilesMeasure(String method) {
    Path model = directory.resolve(method);
    JsonTree trained = train(model, method).succeeds().json();
    JsonTree measured =
        Cli.run(
                "evaluate",
                model.toString(),
                "--test",
                parts.resolve("test.tsv").toString(),
                "--train",
                parts.resolve("test_input.tsv").toString(),
                "--slices",
                "activity:4",
                "--json")
            .succeeds()
            .json();

    assertThat(trained.at("train.users").number()).isEqualTo(50);
    assertThat(trained.at("users").number() + trained.at("skipped_users").number()).isEqualTo(20);
    assertThat(measured.at("metrics.ndcg@10")).isEqualTo(trained.at("metrics.ndcg@10"));
    assertThat(measured.at("metrics.recall@20")).isEqualTo(trained.at("metrics.recall@20"));
    double users = 0;
    double sum = 0;
    for (int s = 0; s < measured.at("slices").list().size(); s++) {
      JsonTree slice = measured.at("slices." + s);
      users += slice.at("users").number();
      sum += slice.at("users").number() * slice.at("metrics.ndcg@10").number();
    }
    assertThat(measured.at("slices").list()).hasSizeBetween(2, 4);
    assertThat(users).isEqualTo(measured.at("users").number());
    assertThat(sum / users)
        .isCloseTo(
            measured.at("metrics.ndcg@10").number(), org.assertj.core.api.Assertions.within(1e-12));
  }

  /** Of somebody unseen: by the library, by the command line, whatever the order. */
  @ParameterizedTest
  @ValueSource(strings = {"mult-vae", "cdae"})
  void rawHistoryGivesTheSameListFromLibraryAndCommandLine(String method) throws IOException {
    Path directory = StrongGeneralisationTest.directory.resolve("raw-" + method);
    train(directory, method).succeeds();
    List<String> history = historyOfSomebodyUnseen();
    TrainedModel model = new ModelStore().read(directory);
    int[] numbers = history.stream().mapToInt(id -> model.items().index(id)).toArray();
    assertThat(numbers).doesNotContain(-1).hasSizeGreaterThan(3);
    List<String> expected = new ArrayList<>();
    try (Workers workers = new Workers(1)) {
      Ranked best = new Recommender(model.model(), workers).recommend(Query.ofHistory(numbers), 10);
      for (int i = 0; i < best.counts[0]; i++) {
        expected.add(model.items().id(best.items[i]) + " " + best.scores[i]);
      }
    }
    List<String> turned = new ArrayList<>(history);
    java.util.Collections.reverse(turned);
    turned.add(history.get(0)); // twice says no more than once
    for (List<String> ids : Arrays.asList(history, turned)) {
      JsonTree answer =
          Cli.run(
                  "recommend",
                  directory.toString(),
                  "--history",
                  String.join(",", ids),
                  "-k",
                  "10",
                  "--json")
              .succeeds()
              .json();
      List<String> found = new ArrayList<>();
      for (int i = 0; i < answer.at("items").list().size(); i++) {
        JsonTree item = answer.at("items." + i);
        found.add(item.at("id").text() + " " + (float) item.at("score").number());
      }
      assertThat(found).isEqualTo(expected);
      assertThat(answer.at("reason").text()).isEqualTo("history");
    }
  }

  private List<String> historyOfSomebodyUnseen() throws IOException {
    List<String> lines = Files.readAllLines(parts.resolve("test_input.tsv"));
    String user = lines.get(1).split("\t")[0];
    return lines.stream()
        .filter(line -> line.startsWith(user + "\t"))
        .map(line -> line.split("\t")[1])
        .toList();
  }

  @Test
  void slicesAreShownAsATable() {
    Cli run =
        Cli.run(
                "evaluate",
                fixture.popular.toString(),
                "--test",
                parts.resolve("test.tsv").toString(),
                "--train",
                parts.resolve("test_input.tsv").toString(),
                "--at",
                "10",
                "--metrics",
                "ndcg",
                "--slices",
                "activity:2")
            .succeeds();

    assertThat(run.out()).contains("ndcg@10", "+-", "by the number of known items");
  }

  @Test
  void optionsOfHeldOutUsersBelongToThem() {
    Path out = directory.resolve("none");
    fixture
        .train(out, "--method", "mult-vae", "--split", "heldout-users")
        .fails(2, "add --users N");
    fixture
        .train(out, "--method", "mult-vae", "--split", "random:0.8", "--users", "5")
        .fails(2, "belong to --split heldout-users, but it is 'random:0.8'");
    fixture
        .train(out, "--method", "mult-vae", "--split", "heldout-users", "--users", "x")
        .fails(2, "'x' must be a number of users");
    Cli.run(
            "evaluate",
            fixture.popular.toString(),
            "--test",
            parts.resolve("test.tsv").toString(),
            "--slices",
            "age:3")
        .fails(2, "such as activity:5, but is 'age:3'");
    assertThat(out).doesNotExist();
  }
}
