package dev.tamis.eval.samplers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.sample.SmallData;
import org.junit.jupiter.api.Test;

/** Which users and positives are looked at. */
class UserSampleTest {
  /** Users 0, 10, 20, ... have nothing and users 5, 15, 25, ... everything. */
  private static final Interactions TRAIN =
      SmallData.where(200, 12, (u, i) -> u % 10 == 5 || u % 10 != 0 && (u + i) % 3 == 0);

  @Test
  void usersHaveAPositiveAndLackAnItem() {
    UserSample sample = UserSample.of(TRAIN, 1000, 1);

    assertThat(sample.size()).isEqualTo(160);
    for (int i = 0; i < sample.size(); i++) {
      assertThat(sample.users()[i] % 5).isPositive();
      assertThat(TRAIN.contains(sample.users()[i], sample.positives()[i])).isTrue();
    }
  }

  @Test
  void usersAreDifferentOnesInOrderAndKeyedBySeed() {
    UserSample sample = UserSample.of(TRAIN, 50, 1);

    assertThat(sample.users()).hasSize(50).isSorted().doesNotHaveDuplicates();
    assertThat(UserSample.of(TRAIN, 50, 1).users()).isEqualTo(sample.users());
    assertThat(UserSample.of(TRAIN, 50, 1).positives()).isEqualTo(sample.positives());
    assertThat(UserSample.of(TRAIN, 50, 2).users()).isNotEqualTo(sample.users());
  }

  /** What is looked at of a user does not hang on how many others are. */
  @Test
  void positiveOfAUserIsTheSameInAnySample() {
    UserSample some = UserSample.of(TRAIN, 50, 1);
    UserSample all = UserSample.of(TRAIN, 1000, 1);
    for (int i = 0; i < some.size(); i++) {
      int at = java.util.Arrays.binarySearch(all.users(), some.users()[i]);
      assertThat(all.positives()[at]).isEqualTo(some.positives()[i]);
    }
  }

  @Test
  void nobodyToLookAtIsRefused() {
    Interactions full = SmallData.of(2, new int[] {0, 1}, new int[] {});

    assertThatThrownBy(() -> UserSample.of(full, 10, 1))
        .isInstanceOfSatisfying(
            TamisException.class, e -> assertThat(e.kind()).isEqualTo(TamisException.Kind.BAD_DATA))
        .hasMessageContaining("no user has an item and lacks another");
  }
}
