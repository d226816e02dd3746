package dev.tamis.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.model.Candidates;
import dev.tamis.sample.SmallData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of samplers that can be measured. */
class SamplersTest {
  private static final Interactions TRAIN = SmallData.longTailed(200, 150, 20, 3);

  /**
   * What these draw by comes of training, a batch or another model, so a model does not tell it.
   */
  private static final Set<String> NOT_OF_A_MODEL =
      Set.of(
          "LearnedClusterProposal",
          "MemoryProposal",
          "BatchProposal",
          "MixedBatchProposal",
          "CachedBatchProposal",
          "GeneratorProposal");

  @Test
  void everySamplerCanBeMadeForAnyWidth() {
    for (Sampler sampler : Samplers.all()) {
      assertThat(sampler.make(TRAIN, 7).layout())
          .as(sampler.name())
          .isNotEqualTo(Candidates.Layout.ALL);
      assertThat(Samplers.named(sampler.name())).isSameAs(sampler);
    }
    assertThat(Samplers.all().stream().map(Sampler::name)).doesNotHaveDuplicates();
  }

  @Test
  void everyProposalIsListed() throws IOException {
    List<String> listed =
        Samplers.all().stream()
            .map(sampler -> sampler.make(TRAIN, 8).getClass().getSimpleName())
            .toList();
    try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/tamis/sample/proposal"))) {
      assertThat(listed)
          .as("add a line to Samplers for each proposal")
          .containsAll(
              files
                  .map(file -> file.getFileName().toString().replace(".java", ""))
                  .filter(name -> name.endsWith("Proposal") && !NOT_OF_A_MODEL.contains(name))
                  .toList());
    }
  }

  @Test
  void optionsThatMayBeSetAreTakenAndOthersPassedOver() {
    Sampler clusters = Samplers.named("cluster-uniform");

    assertThatThrownBy(
            () ->
                clusters
                    .maker()
                    .make(TRAIN, 8, clusters.read(Map.of("clusters", "151", "epochs", "3"))))
        .hasMessageContaining("151 clusters are too many");
    assertThatThrownBy(() -> clusters.read(Map.of("clusters", "many")))
        .hasMessageContaining("'clusters' must be");
    assertThat(Samplers.named("uniform").read(Map.of("clusters", "5")).complete(List.of()))
        .isEmpty();
  }

  @Test
  void unknownNameIsRefusedWithTheNearest() {
    assertThatThrownBy(() -> Samplers.named("uniforn"))
        .hasMessageContaining("there is no sampler 'uniforn'; did you mean 'uniform'?")
        .hasMessageContaining("known: uniform, ");
  }

  @Test
  void rowsCannotShareWhatIsDrawnByTheirQueries() {
    SampledSoftmax method = new SampledSoftmax();
    Settings settings = SmallRuns.settings(method, "sampler", "midx-uniform");

    assertThatThrownBy(() -> method.read(settings))
        .hasMessage(
            "sampler midx-uniform draws by the query of each row, so rows cannot share negatives;"
                + " set shared-negatives=false, or choose sampler uniform or popularity");
  }
}
