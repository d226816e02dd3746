package dev.tamis.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.sample.SmallData;
import dev.tamis.train.Run;
import dev.tamis.train.TrainingListener;
import dev.tamis.train.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class IrganTest {
  private static final Interactions TRAIN = SmallData.longTailed(40, 30, 10, 1);

  private static TrainedModel fit(Run run, String... others) {
    Method<?> method = Methods.named("irgan");
    return SmallRuns.fit(method, SmallRuns.settings(method, others), TRAIN, run);
  }

  /** What is told of a run: steps of each epoch, and whether it was measured. */
  private static final class Told implements TrainingListener {
    final List<Long> steps = new ArrayList<>();
    final List<Boolean> measured = new ArrayList<>();
    private long last;

    @Override
    public void stepDone(int epoch, long step, long stepsPerEpoch) {
      assertThat(step).isBetween(1L, stepsPerEpoch);
      last = stepsPerEpoch;
    }

    @Override
    public void epochDone(int epoch, double loss, SortedMap<String, Double> validation) {
      steps.add(last);
      measured.add(!validation.isEmpty());
    }
  }

  @Test
  void discriminatorAndGeneratorAreTrainedInTurnAndTheGeneratorIsMeasured() {
    Told told = new Told();
    Run run =
        Run.seeded(2)
            .withListener(told)
            .withValidation(new Validation(SmallData.heldOut(TRAIN, 4), "ndcg@5", 1, 0));
    fit(
        run,
        "pretrain-epochs",
        "0",
        "discriminator-epochs",
        "3",
        "generator-epochs",
        "2",
        "generator-batch-size",
        "7",
        "epochs",
        "9");

    long pairs = (TRAIN.size() + 15) / 16;
    assertThat(told.steps).containsExactly(pairs, pairs, pairs, 6L, 6L, pairs, pairs, pairs, 6L);
    assertThat(told.measured)
        .containsExactly(false, false, false, true, true, false, false, false, true);
  }

  /** Or the epochs in which it stands still would be taken for ones that bring nothing. */
  @Test
  void patienceOutlastsTheEpochsOfTheDiscriminator() {
    Told told = new Told();
    Run run =
        Run.seeded(2)
            .withListener(told)
            .withValidation(new Validation(SmallData.heldOut(TRAIN, 4), "ndcg@5", 1, 2));
    fit(run, "pretrain-epochs", "0", "discriminator-epochs", "8", "epochs", "10");

    assertThat(told.measured.subList(0, 8)).containsOnly(false);
    assertThat(told.measured).hasSize(10);
  }

  @Test
  void discriminatorLeavesTheGeneratorAlone() {
    TrainedModel one = fit(Run.seeded(2), "discriminator-epochs", "5", "epochs", "1");
    TrainedModel more = fit(Run.seeded(2), "discriminator-epochs", "5", "epochs", "5");
    TrainedModel moved = fit(Run.seeded(2), "discriminator-epochs", "5", "epochs", "6");

    assertThat(SmallRuns.values(more)).isDeepEqualTo(SmallRuns.values(one));
    assertThat(SmallRuns.values(moved)[0]).isNotEqualTo(SmallRuns.values(one)[0]);
  }

  @Test
  void modelHasItemBiasesWhateverIsAskedFor() {
    assertThat(fit(Run.seeded(2)).model().tables()).hasSize(3);
    assertThat(Methods.named("irgan").options().stream().map(o -> o.name()))
        .doesNotContain("item-bias", "score", "weight-decay");
    assertThat(new Irgan().read(Settings.none()).pair().shape().itemBias()).isTrue();
  }

  @Test
  void batchOfUsersTooLargeForTheirScoresIsRefused() {
    Method<?> method = Methods.named("irgan");
    Settings settings = SmallRuns.settings(method, "generator-batch-size", "60000");
    Interactions train = SmallData.of(40_000, new int[] {7});

    assertThatThrownBy(() -> SmallRuns.fit(method, settings, train, Run.seeded(1)))
        .isInstanceOf(TamisException.class)
        .hasMessageContaining("60000 x 40000 are more")
        .hasMessageEndingWith("at most 53687 x 40000; make generator-batch-size smaller");
  }
}
