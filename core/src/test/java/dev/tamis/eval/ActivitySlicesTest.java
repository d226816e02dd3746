package dev.tamis.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.data.Interactions;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ActivitySlicesTest {
  /** Users with so many known items each. */
  private static Interactions known(int... activities) {
    int[][] items = new int[activities.length][];
    for (int u = 0; u < items.length; u++) {
      items[u] = new int[activities[u]];
      Arrays.setAll(items[u], i -> i);
    }
    return Split.of(100, items);
  }

  private static PerUserValues values(double... ndcg) {
    int[] users = new int[ndcg.length];
    Arrays.setAll(users, u -> u);
    return new PerUserValues(users, List.of("ndcg@9"), new double[][] {ndcg});
  }

  @Test
  void slicesHoldUsersOfAboutTheSameActivity() {
    List<ActivitySlices.Slice> slices =
        ActivitySlices.of(values(1, 2, 3, 4, 5, 7), known(9, 1, 5, 3, 7, 8), 3);

    assertThat(slices).hasSize(3);
    assertThat(slices.get(0))
        .isEqualTo(
            new ActivitySlices.Slice(
                1, 3, 2, new TreeMap<>(java.util.Map.of("ndcg@9", 3.0)), error(1)));
    assertThat(slices.get(1).metrics()).containsEntry("ndcg@9", 4.0);
    assertThat(slices.get(2).metrics()).containsEntry("ndcg@9", 4.0);
    assertThat(slices.get(2).standardErrors().get("ndcg@9")).isCloseTo(3, within(1e-12));
    assertThat(slices.get(2).fewest()).isEqualTo(8);
    assertThat(slices.get(2).most()).isEqualTo(9);
  }

  private static TreeMap<String, Double> error(double value) {
    return new TreeMap<>(java.util.Map.of("ndcg@9", value));
  }

  /** A part of its own for each would tear users of one activity apart. */
  @Test
  void usersOfOneActivityStayTogether() {
    List<ActivitySlices.Slice> slices =
        ActivitySlices.of(values(1, 1, 1, 1, 0), known(2, 2, 2, 2, 6), 5);

    assertThat(slices).hasSize(2);
    assertThat(slices.get(0).users()).isEqualTo(4);
    assertThat(slices.get(0).metrics()).containsEntry("ndcg@9", 1.0);
    assertThat(slices.get(1).users()).isEqualTo(1);
    assertThat(slices.get(1).standardErrors()).containsEntry("ndcg@9", 0.0);
  }

  @Test
  void oneSliceIsEverybody() {
    double[] ndcg = {0.1, 0.5, 0.2, 0.9};
    List<ActivitySlices.Slice> slices = ActivitySlices.of(values(ndcg), known(0, 4, 4, 50), 1);

    assertThat(slices).hasSize(1);
    assertThat(slices.get(0).users()).isEqualTo(4);
    assertThat(slices.get(0).metrics().get("ndcg@9")).isCloseTo(0.425, within(1e-12));
    assertThat(slices.get(0).fewest()).isZero();
  }
}
