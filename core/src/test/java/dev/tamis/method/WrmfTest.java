package dev.tamis.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.sample.SmallData;
import dev.tamis.train.Run;
import dev.tamis.train.TrainingListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class WrmfTest {
  private static final Interactions PAIRS = SmallData.longTailed(50, 40, 9, 5);

  private static Interactions rated(float rating) {
    float[] ratings = new float[PAIRS.size()];
    Arrays.fill(ratings, rating);
    return new Interactions(
        PAIRS.users(), PAIRS.items(), PAIRS.rowStart(), PAIRS.itemIds(), ratings, null);
  }

  private static TrainedModel fit(Interactions data, String... options) {
    Wrmf method = new Wrmf();
    return SmallRuns.fit(method, SmallRuns.settings(method, options), data, Run.seeded(2));
  }

  /** Ratings multiply alpha; ones leave them out, in training and in folding in. */
  @Test
  void ratingsAreStrengths() {
    TrainedModel threefold = fit(rated(3), "alpha", "5");
    TrainedModel same = fit(PAIRS, "alpha", "15");
    TrainedModel ones = fit(rated(3), "alpha", "15", "strength", "ones");

    assertThat(SmallRuns.values(threefold)).isDeepEqualTo(SmallRuns.values(same));
    assertThat(SmallRuns.values(ones)).isDeepEqualTo(SmallRuns.values(same));
    assertThat(threefold.model().attributes())
        .containsEntry("alpha", "5.0")
        .containsEntry("strength", "3.0");
    assertThat(ones.model().attributes()).containsEntry("strength", "1.0");
  }

  @Test
  void negativeRatingsAreRefused() {
    assertThatThrownBy(() -> fit(rated(-1)))
        .isInstanceOf(TamisException.class)
        .hasMessageContaining("has -1.0; drop such rows, or set strength=ones");
  }

  @Test
  void lossFallsFromEpochToEpoch() {
    for (String solver : List.of("cholesky", "conjugate-gradient")) {
      List<Double> losses = new ArrayList<>();
      Run run =
          Run.seeded(1)
              .withListener(
                  new TrainingListener() {
                    @Override
                    public void epochDone(int epoch, double loss, SortedMap<String, Double> v) {
                      losses.add(loss);
                    }
                  });
      Wrmf method = new Wrmf();
      SmallRuns.fit(
          method, SmallRuns.settings(method, "solver", solver, "epochs", "15"), PAIRS, run);

      assertThat(losses).hasSize(15);
      for (int e = 1; e < losses.size(); e++) {
        assertThat(losses.get(e)).isLessThanOrEqualTo(losses.get(e - 1) * (1 + 1e-6));
      }
    }
  }
}
