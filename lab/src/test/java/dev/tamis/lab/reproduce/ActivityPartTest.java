package dev.tamis.lab.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.data.IdMap;
import dev.tamis.data.Interactions;
import dev.tamis.eval.Evaluation;
import dev.tamis.eval.PerUserValues;
import dev.tamis.lab.FinishedTrial;
import dev.tamis.lab.TrialCost;
import dev.tamis.lab.TrialKey;
import dev.tamis.lab.TrialResult;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Parts by activity of lines with given values. */
class ActivityPartTest {
  private static final int USERS = 1000;
  private static final String METRIC = "ndcg@100";

  /** A user of number u has so many items. */
  private static int degree(int user) {
    return user % 10 + 1;
  }

  private static Interactions known() {
    int[] start = new int[USERS + 1];
    for (int u = 0; u < USERS; u++) {
      start[u + 1] = start[u] + degree(u);
    }
    int[] items = new int[start[USERS]];
    for (int u = 0; u < USERS; u++) {
      for (int e = start[u]; e < start[u + 1]; e++) {
        items[e] = e - start[u];
      }
    }
    return new Interactions(ids(USERS), ids(10), start, items, null, null);
  }

  private static IdMap ids(int n) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      ids.add(String.format(Locale.ROOT, "%04d", i));
    }
    return IdMap.of(ids);
  }

  /** A user's value is its own, plus noise, plus what the line adds for each known item over 5. */
  private static ReproducedLine line(String label, double slope, int seeds) {
    List<FinishedTrial> trials = new ArrayList<>();
    for (int s = 0; s < seeds; s++) {
      Rng rng = Rng.keyed(s, Stream.DEMO, label.hashCode(), 0);
      double[] values = new double[USERS];
      for (int u = 0; u < USERS; u++) {
        double own = 0.3 + 0.1 * Rng.keyed(u, Stream.DEMO, 0, 0).nextGaussian();
        values[u] = own + 0.02 * rng.nextGaussian() + slope * (degree(u) - 5.5);
      }
      int[] users = new int[USERS];
      Arrays.setAll(users, u -> u);
      Evaluation evaluation =
          new Evaluation(
              "by hand",
              USERS,
              0,
              new TreeMap<>(),
              new TreeMap<>(),
              new TreeMap<>(),
              PerUserValues.of(users, List.of(METRIC), new double[][] {values}));
      trials.add(
          new FinishedTrial(
              new TrialKey("data", "protocol", label, new TreeMap<>(), "", s, "1"),
              new TrialResult(
                  1, 1, List.of(), List.of(), Optional.empty(), Optional.of(evaluation), List.of()),
              new TrialCost(1, 1, 1, 1)));
    }
    PublishedTable.Line line =
        new PublishedTable.Line(label, label, new TreeMap<>(), Map.of(), Optional.empty());
    Optional<String> refusal = seeds == 0 ? Optional.of("of no use") : Optional.empty();
    return new ReproducedLine(line, trials, refusal);
  }

  @Test
  void differencesAreFoundWhereTheyAreAndOnTheRightSide() {
    List<ActivityPart> parts =
        ActivityPart.of(
            List.of(line("few", -0.005, 3), line("refused", 0, 0), line("many", 0.005, 3)),
            METRIC,
            known());

    assertThat(parts)
        .extracting(ActivityPart::items)
        .containsExactly("1-2", "3-4", "5-6", "7-8", "9-10");
    for (int p = 0; p < 5; p++) {
      ActivityPart part = parts.get(p);
      ActivityPart.Test test = part.tests().get(0);
      assertThat(part.users()).isEqualTo(200);
      assertThat(part.tests()).hasSize(1);
      assertThat(test.difference()).isCloseTo(0.04 - 0.02 * p, within(0.005));
      assertThat(test.stars().isEmpty()).isEqualTo(p == 2);
      assertThat(test.corrected())
          .isGreaterThanOrEqualTo(Math.max(test.flipsP(), test.bothP().orElseThrow()));
      for (ActivityPart.Estimate estimate : part.estimates()) {
        assertThat(estimate.standardError()).isCloseTo(0.1 / Math.sqrt(200), within(0.002));
      }
      double apart = part.estimates().get(0).mean() - part.estimates().get(1).mean();
      assertThat(apart).isCloseTo(test.difference(), within(1e-12));
    }
  }

  @Test
  void oneSeedSpeaksOfUsersOnly() {
    List<ActivityPart> parts =
        ActivityPart.of(List.of(line("few", -0.005, 1), line("many", 0.005, 1)), METRIC, known());

    assertThat(parts).allMatch(part -> part.tests().get(0).bothP().isEmpty());
    assertThat(parts.get(0).tests().get(0).flipsP()).isLessThan(0.001);
  }

  @Test
  void withoutAnotherLineThereIsNoTest() {
    List<ActivityPart> parts = ActivityPart.of(List.of(line("few", 0, 2)), METRIC, known());

    assertThat(parts).hasSize(5).allMatch(part -> part.tests().isEmpty());
    assertThat(ActivityPart.of(List.of(line("none", 0, 0)), METRIC, known())).isEmpty();
  }
}
