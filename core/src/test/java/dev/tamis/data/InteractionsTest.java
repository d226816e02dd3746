package dev.tamis.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class InteractionsTest {
  private static final IdMap USERS = IdMap.of("u", "v", "w");
  private static final IdMap ITEMS = IdMap.of("a", "b", "c");

  private static void refused(String words, int[] rowStart, int... items) {
    assertThatThrownBy(() -> new Interactions(USERS, ITEMS, rowStart, items, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }

  @Test
  void rowsThatFitAreTakenOver() {
    int[] starts = {0, 2, 2, 3};
    Interactions pairs =
        new Interactions(USERS, ITEMS, starts, new int[] {0, 2, 1}, new float[3], new long[3]);

    assertThat(pairs.rowStart()).isSameAs(starts);
    assertThat(pairs.degree(0)).isEqualTo(2);
    assertThat(pairs.degree(1)).isZero();
    assertThat(pairs.contains(2, 1)).isTrue();
  }

  /** Every row by itself could be read, but what is between 3 and 1 belongs to two users. */
  @Test
  void rowStartsThatFallAreRefused() {
    refused("the row of user number 1 is out of range", new int[] {0, 3, 1, 3}, 0, 1, 2);
    refused("goes from 0 to -1 of 3 pairs", new int[] {0, -1, 1, 3}, 0, 1, 2);
  }

  @Test
  void rowStartsBeyondThePairsAreRefused() {
    refused("goes from 0 to 5 of 3 pairs", new int[] {0, 5, 5, 3}, 0, 1, 2);
  }

  @Test
  void rowStartsThatDoNotFitUsersAndPairsAreRefused() {
    refused("do not fit 3 users and 3 pairs", new int[] {0, 1, 3}, 0, 1, 2);
    refused("do not fit 3 users and 3 pairs", new int[] {1, 1, 2, 3}, 0, 1, 2);
    refused("do not fit 3 users and 3 pairs", new int[] {0, 1, 2, 2}, 0, 1, 2);
  }

  @Test
  void itemsOutOfOrderOrRangeAreRefused() {
    refused("user number 0 are out of order or out of range at entry 1", starts(), 1, 1, 2);
    refused("user number 0 are out of order or out of range at entry 1", starts(), 1, 0, 2);
    refused("user number 1 are out of order or out of range at entry 2", starts(), 0, 1, 3);
    refused("user number 0 are out of order or out of range at entry 0", starts(), -1, 1, 2);
  }

  @Test
  void ratingsAndTimesOfAnotherLengthAreRefused() {
    assertThatThrownBy(
            () -> new Interactions(USERS, ITEMS, starts(), new int[] {0, 1, 2}, new float[2], null))
        .hasMessageContaining("do not have 3 entries");
    assertThatThrownBy(
            () -> new Interactions(USERS, ITEMS, starts(), new int[] {0, 1, 2}, null, new long[4]))
        .hasMessageContaining("do not have 3 entries");
  }

  private static int[] starts() {
    return new int[] {0, 2, 3, 3};
  }
}
