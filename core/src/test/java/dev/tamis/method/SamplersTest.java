package dev.tamis.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.method.sampler.Sampler;
import dev.tamis.method.sampler.Sampler.Law;
import dev.tamis.method.sampler.Sampler.Use;
import dev.tamis.method.sampler.Samplers;
import dev.tamis.model.Candidates;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.SmallData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of samplers, and what is said of each. */
class SamplersTest {
  private static final Interactions TRAIN = SmallData.longTailed(200, 150, 20, 3);

  /** These draw from a batch, or by what a method of their own keeps beside the model. */
  private static final Set<String> NOT_LISTED =
      Set.of(
          "MemoryProposal",
          "BatchProposal",
          "MixedBatchProposal",
          "CachedBatchProposal",
          "GeneratorProposal");

  @Test
  void everySamplerCanBeMadeForAnyWidth() {
    for (Sampler sampler : Samplers.all()) {
      assertThat(sampler.proposal(TRAIN, 7, Settings.none()).layout())
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
            .map(sampler -> sampler.proposal(TRAIN, 8, Settings.none()).getClass().getSimpleName())
            .toList();
    try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/tamis/sample/proposal"))) {
      assertThat(listed)
          .as("add a line to Samplers for each proposal")
          .containsAll(
              files
                  .map(file -> file.getFileName().toString().replace(".java", ""))
                  .filter(name -> name.endsWith("Proposal") && !NOT_LISTED.contains(name))
                  .toList());
    }
  }

  @Test
  void samplersAreWhatTheirProposalsAre() {
    for (Sampler sampler : Samplers.all()) {
      Proposal proposal = sampler.proposal(TRAIN, 8, Settings.none());
      assertThat(proposal.exactLogQ()).as(sampler.name()).isEqualTo(sampler.law() == Law.EXACT);
      assertThat(proposal.needsUsers() || proposal.learner().isPresent())
          .as(sampler.name())
          .isEqualTo(sampler.pairsOnly());
      assertThat(proposal.learner().isPresent())
          .as(sampler.name())
          .isEqualTo(sampler.use() == Use.TRAINING);
    }
    assertThat(Samplers.measured()).hasSize(Samplers.all().size() - 2);
  }

  /** So draws that rows share follow the law of those that they do not. */
  @Test
  void itemWeightsAreThoseOfTheProposal() {
    PositiveSets none = PositiveSets.none(TRAIN);
    int found = 0;
    for (Sampler sampler : Samplers.all()) {
      if (sampler.itemWeights().isPresent()) {
        double[] weights = sampler.itemWeights().get().of(TRAIN, Settings.none());
        double total = Arrays.stream(weights).sum();
        double[] stated =
            sampler.proposal(TRAIN, none, 8, Settings.none()).probabilities(3, new float[8]);
        for (int i = 0; i < weights.length; i++) {
          assertThat(stated[i]).isCloseTo(weights[i] / total, within(1e-9));
        }
        found++;
      }
    }
    assertThat(found).isEqualTo(2);
  }

  @Test
  void methodsOfferWhatSuitsThem() {
    assertThat(SmallRuns.samplers(new Bpr())).containsExactly("uniform", "popularity");
    assertThat(SmallRuns.samplers(new Pris())).contains("exact", "kernel").doesNotContain("dns");
    assertThat(SmallRuns.samplers(new SampledSoftmax()))
        .contains("cluster-popularity-joint", "factor-ranks", "midx-residual")
        .doesNotContain("exact", "dns", "popularity-power", "adasir-uniform");
    assertThat(SmallRuns.samplers(new FastVae()))
        .contains("dns", "kernel", "cluster-uniform")
        .doesNotContain("exact", "cluster-uniform-joint");
  }

  @Test
  void optionsThatMayBeSetAreTakenAndOthersPassedOver() {
    Sampler clusters = Samplers.named("cluster-uniform");

    assertThatThrownBy(
            () ->
                clusters.proposal(
                    TRAIN, 8, clusters.read(Map.of("clusters", "151", "epochs", "3"))))
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
