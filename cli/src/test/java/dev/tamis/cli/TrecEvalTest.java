package dev.tamis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What trec_eval itself says of the files that are written for it. */
@Tag("slow")
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class TrecEvalTest {
  private static final List<String> MEASURES =
      List.of("P", "recall", "map_cut", "ndcg_cut", "success");
  private static final String CUT_OFFS = "1,2,5,10,20,50,100";

  @TempDir private Path directory;

  @Test
  void trecEvalFindsTheSameMeasures() throws IOException, InterruptedException {
    Path data = directory.resolve("data");
    Path parts = directory.resolve("parts");
    Path model = directory.resolve("model");
    Path run = directory.resolve("run.txt");
    Path qrels = directory.resolve("qrels.txt");
    // Few pairs in training, so that some items of the test part are not in the catalogue.
    cli("generate", data, "--users", "300", "--items", "400", "--seed", "5");
    cli("split", data.resolve("interactions.tsv.gz"), "--by", "random:0.3", "--out", parts);
    cli("train", parts.resolve("train.tsv"), "--method", "bpr", "--epochs", "3", "--out", model);
    JsonTree measured =
        cli(
                "evaluate",
                model,
                "--test",
                parts.resolve("test.tsv"),
                "--at",
                CUT_OFFS,
                "--compat",
                "trec",
                "--trec-run",
                run,
                "--trec-qrels",
                qrels,
                "--json")
            .json();
    assertThat(Files.readString(qrels)).contains("not-in-the-catalogue");
    List<String> lines = trecEval(qrels, run);
    assertThat(lines).hasSize(MEASURES.size() * CUT_OFFS.split(",").length);
    for (String line : lines) {
      String[] cells = line.split("\\s+"); // measure, "all", value with four digits
      assertThat(measured.at("trec." + cells[0]).number())
          .as(line)
          .isCloseTo(Double.parseDouble(cells[2]), within(0.5e-4 + 1e-9));
    }
  }

  private static Cli cli(Object... args) {
    return Cli.run(Stream.of(args).map(Object::toString).toArray(String[]::new)).succeeds();
  }

  private List<String> trecEval(Path qrels, Path run) throws IOException, InterruptedException {
    Path program = directory.resolve("trec_eval");
    try (InputStream in = getClass().getResourceAsStream("/trec_eval-linux-amd64")) {
      assertThat(in).as("trec_eval, which is on the class path with -Pslow").isNotNull();
      Files.copy(in, program);
    }
    assertThat(program.toFile().setExecutable(true)).isTrue();
    List<String> command = new ArrayList<>(List.of(program.toString()));
    for (String measure : MEASURES) {
      command.addAll(List.of("-m", measure + "." + CUT_OFFS));
    }
    command.addAll(List.of(qrels.toString(), run.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out.lines().toList();
  }
}
