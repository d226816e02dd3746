package dev.tamis.lab.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tamis.lab.Protocol;
import dev.tamis.lab.SmallGround;
import dev.tamis.train.TrainingListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproductionTest {
  private static final Protocol PROTOCOL = SmallGround.protocol();

  @TempDir private Path directory;

  private static PublishedTable.Line line(String label, String method, String... options) {
    TreeMap<String, String> all = new TreeMap<>(Map.of("epochs", "1"));
    for (int i = 0; i < options.length; i += 2) {
      all.put(options[i], options[i + 1]);
    }
    return new PublishedTable.Line(label, method, all, Map.of(), Optional.empty());
  }

  /** The matrix from the hidden layer to the code alone has 1.8e9 numbers. */
  @Test
  void aLineThatDoesNotFitIntoMemoryIsNotBegunAndTheOthersGoOn() {
    PublishedTable table =
        new PublishedTable(
            "paper",
            "table",
            "title",
            "random:0.8",
            List.of("ndcg@10"),
            false,
            List.of(
                line("large", "mult-vae", "hidden", "30000", "latent", "30000"),
                line("small", "mult-vae", "hidden", "10", "latent", "6")),
            Map.of(),
            List.of());

    List<ReproducedLine> lines =
        new Reproduction(table, Optional.empty(), List.of(), List.of(1L), Optional.empty())
            .run(
                PROTOCOL,
                SmallGround.eagerStore(directory),
                1,
                (line, seed, number, all) -> TrainingListener.SILENT,
                soFar -> {});

    assertThat(lines.get(0).refusal().orElseThrow())
        .startsWith("this run needs about")
        .contains("the heap is limited to");
    assertThat(lines.get(1).refusal()).isEmpty();
    assertThat(lines.get(1).trials()).hasSize(1);
    assertThat(directory).isDirectoryNotContaining("glob:**.state");
  }
}
