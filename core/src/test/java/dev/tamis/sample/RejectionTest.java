package dev.tamis.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.math.AliasTable;
import dev.tamis.math.ChiSquare;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.sample.proposal.PopularityProposal;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What is drawn again, and for whom nothing could ever be drawn. */
class RejectionTest {
  @Test
  void positivesAreExactlyThoseOfTheUser() {
    Interactions train = SmallData.longTailed(60, 700, 300, 8);
    PositiveSets positives = new PositiveSets(train);

    int[] items = new int[train.itemCount() + 3]; // from 2 on, the last not looked at
    Arrays.setAll(items, at -> Math.max(0, at - 2));
    int end = items.length - 1;

    for (int u = 0; u < train.userCount(); u++) {
      int next = positives.find(u, items, 2, end);
      for (int i = 0; i < train.itemCount(); i++) {
        assertThat(positives.contains(u, i)).isEqualTo(train.contains(u, i));
        if (train.contains(u, i)) {
          assertThat(next).isEqualTo(i + 2);
          next = positives.find(u, items, next + 1, end);
        }
      }
      assertThat(next).isEqualTo(end);
    }
  }

  /** Trials until a draw is no positive follow the geometric law of the mass that is left. */
  @Test
  void trialsAreGeometric() {
    Interactions train = SmallData.longTailed(50, 40, 15, 2);
    PositiveSets positives = new PositiveSets(train);
    double[] weights = Popularity.LOG.weights(train.itemCounts());
    AliasTable table = new AliasTable(weights);
    int user = 0;
    for (int u = 1; u < train.userCount(); u++) {
      user = train.degree(u) > train.degree(user) ? u : user;
    }
    double total = Arrays.stream(weights).sum();
    double accepted = 0;
    for (int i = 0; i < weights.length; i++) {
      accepted += train.contains(user, i) ? 0 : weights[i] / total;
    }
    long[] trials = new long[40];
    Rng rng = Rng.keyed(4, Stream.NEGATIVES, 0, 0);
    for (int draw = 0; draw < 300_000; draw++) {
      int trial = 0;
      while (positives.contains(user, table.draw(rng))) {
        trial++;
      }
      trials[Math.min(39, trial)]++;
    }
    double[] p = new double[40];
    for (int t = 0; t < 39; t++) {
      p[t] = accepted * Math.pow(1 - accepted, t);
    }
    p[39] = Math.pow(1 - accepted, 39);
    assertThat(accepted).isLessThan(0.8);
    ChiSquare.assertFollows(trials, p);
  }

  @Test
  void userWithAllItemsIsRefused() {
    Interactions train = SmallData.of(3, new int[] {0}, new int[] {0, 1, 2});

    assertThatThrownBy(() -> new PositiveSets(train))
        .isInstanceOfSatisfying(
            TamisException.class, e -> assertThat(e.kind()).isEqualTo(TamisException.Kind.BAD_DATA))
        .hasMessage(
            "user 'u00001' has all 3 items, so no negative can be drawn for it; remove the user or"
                + " add items");
  }

  @Test
  void userWithAllItemsEverSeenIsRefusedByPopularity() {
    Interactions train = SmallData.of(4, new int[] {0}, new int[] {0, 1, 2});
    PositiveSets positives = new PositiveSets(train);

    assertThatThrownBy(() -> new PopularityProposal(train, positives, Popularity.LOG))
        .isInstanceOfSatisfying(
            TamisException.class, e -> assertThat(e.kind()).isEqualTo(TamisException.Kind.BAD_DATA))
        .hasMessage(
            "user 'u00001' has all 3 items that were ever seen, so no negative can be drawn by"
                + " popularity; use sampler uniform or remove the user");
  }

  @Test
  void popularityIsAFunctionOfTheCount() {
    int[] counts = {0, 1, 16};

    assertThat(Popularity.COUNT.weights(counts)).containsExactly(0, 1, 16);
    assertThat(Popularity.LOG.weights(counts))
        .containsExactly(0, StrictMath.log1p(1), StrictMath.log1p(16));
    assertThat(Popularity.POWER.weights(counts)).containsExactly(0, 1, 8);
  }
}
