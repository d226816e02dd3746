package dev.tamis.data.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.config.TamisException;
import dev.tamis.data.HeldOut;
import dev.tamis.data.Interactions;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every splitter, and what each promises. */
class SplittersTest {
  private static final Interactions DATA = RandomData.of(200, 60, 25, 3, true);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "random:0.8",
        "random:0.8:0.1",
        "leave-one-out",
        "leave-one-out:valid",
        "temporal:0.8",
        "temporal:0.8:0.1",
        "cold-items:0.2",
        "cold-items:0.2:0.1"
      })
  void partsAreDisjointAndTogetherTheData(String text) {
    SplitData split = Splitters.parse(text).split(DATA, 11);
    Set<Long> seen = new HashSet<>();
    int pairs = collect(split.train(), seen);
    if (split.validation().isPresent()) {
      pairs += collect(split.validation().get().target(), seen);
      assertThat(split.validation().get().input()).isSameAs(split.train());
    }
    assertThat(split.test().input().size()).isEqualTo(pairs);
    pairs += collect(split.test().target(), seen);
    assertThat(pairs).isEqualTo(DATA.size());
    assertThat(seen).hasSize(pairs);
    Set<Long> all = new HashSet<>();
    collect(DATA, all);
    assertThat(seen).isEqualTo(all);
    assertThat(split.train().items()).isSameAs(DATA.items());
    assertThat(split.test().trained()).isTrue();
    assertThat(split.validation().isPresent()).isEqualTo(text.matches(".*(valid|0.1)"));
  }

  private static int collect(Interactions data, Set<Long> into) {
    for (int u = 0; u < data.userCount(); u++) {
      for (int e = data.rowStart()[u]; e < data.rowStart()[u + 1]; e++) {
        into.add((long) u << 32 | data.itemIds()[e]);
      }
    }
    return data.size();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "random:0.8:0.1",
        "leave-one-out:valid",
        "temporal:0.8:0.1",
        "cold-items:0.2:0.1",
        "heldout-users:30",
        "heldout-users:30:0.5",
        "heldout-users:30:0.8:0",
        "heldout-users:20:0.8:35"
      })
  void theSeedDecidesAndTextReadsBack(String text) {
    Splitter splitter = Splitters.parse(text);
    assertThat(Splitters.parse(splitter.text())).isEqualTo(splitter);
    String first = fingerprint(splitter.split(DATA, 5));
    assertThat(fingerprint(splitter.split(DATA, 5))).isEqualTo(first);
    boolean seedless = text.startsWith("temporal") || text.startsWith("leave");
    assertThat(fingerprint(splitter.split(DATA, 6)).equals(first)).isEqualTo(seedless);
  }

  private static String fingerprint(SplitData split) {
    return split.train().fingerprint()
        + split.validation().map(v -> v.target().fingerprint()).orElse("")
        + split.test().target().fingerprint();
  }

  @Test
  void randomTakesTheRoundedShareOfEachUser() {
    SplitData split = new RandomSplit(0.8, 0.1).split(DATA, 1);
    for (int u = 0; u < DATA.userCount(); u++) {
      int n = DATA.degree(u);
      int train = (int) Math.floor(0.8 * n + 0.5);
      int validation = (int) Math.floor(0.1 * train + 0.5);
      assertThat(split.train().degree(u)).isEqualTo(train - validation);
      assertThat(split.validation().orElseThrow().target().degree(u)).isEqualTo(validation);
      assertThat(split.test().target().degree(u)).isEqualTo(n - train);
      assertThat(n < 3 || n - train > 0).isTrue();
    }
  }

  @Test
  void coldItemsAreOutOfTrainingAltogetherAndStayInTheCatalogue() {
    SplitData split = new ColdItems(0.2, 0.25).split(DATA, 1);
    int[] train = split.train().itemCounts();
    int[] validation = split.validation().orElseThrow().target().itemCounts();
    int[] test = split.test().target().itemCounts();
    int tested = 0;
    int validated = 0;
    for (int i = 0; i < DATA.itemCount(); i++) {
      int parts = (train[i] > 0 ? 1 : 0) + (validation[i] > 0 ? 1 : 0) + (test[i] > 0 ? 1 : 0);
      assertThat(parts).isEqualTo(DATA.itemCounts()[i] > 0 ? 1 : 0);
      tested += test[i] > 0 ? 1 : 0;
      validated += validation[i] > 0 ? 1 : 0;
    }
    assertThat(tested).isEqualTo((int) Math.floor(0.2 * DATA.itemCount() + 0.5));
    int left = DATA.itemCount() - tested;
    assertThat(validated).isEqualTo((int) Math.floor(0.25 * left + 0.5));
  }

  @Test
  void randomChoosesEachItemEquallyOften() {
    Interactions data = RandomData.of(1, 10, 1, 0, false);
    Interactions ten =
        new Interactions(
            data.users(),
            data.items(),
            new int[] {0, 10},
            new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
            null,
            null);
    int[] tested = new int[10];
    int draws = 20_000;
    for (int seed = 0; seed < draws; seed++) {
      for (int item : new RandomSplit(0.8, 0).split(ten, seed).test().target().itemIds()) {
        tested[item]++;
      }
    }
    double mean = draws * 0.2;
    for (int count : tested) {
      assertThat(Math.abs(count - mean)).isLessThan(4.5 * Math.sqrt(mean * 0.8));
    }
  }

  @Test
  void leaveOneOutTakesTheLatestAndThenTheLargestId() {
    SplitData split = new LeaveOneOut(true).split(DATA, 1);
    long[] times = DATA.timestamps().orElseThrow();
    for (int u = 0; u < DATA.userCount(); u++) {
      HeldOut test = split.test();
      if (DATA.degree(u) < 2) {
        assertThat(test.target().degree(u)).isZero();
        continue;
      }
      assertThat(test.target().degree(u)).isOne();
      assertThat(split.validation().orElseThrow().target().degree(u))
          .isEqualTo(DATA.degree(u) > 2 ? 1 : 0);
      int left = test.target().itemIds()[test.target().rowStart()[u]];
      long time = test.target().timestamps().orElseThrow()[test.target().rowStart()[u]];
      for (int e = DATA.rowStart()[u]; e < DATA.rowStart()[u + 1]; e++) {
        assertThat(times[e] < time || times[e] == time && DATA.itemIds()[e] <= left).isTrue();
      }
    }
  }

  @Test
  void leaveOneOutWithoutTimeIsRandom() {
    Interactions data = RandomData.of(100, 60, 25, 3, false);
    assertThat(fingerprint(new LeaveOneOut(true).split(data, 1)))
        .isNotEqualTo(fingerprint(new LeaveOneOut(true).split(data, 2)));
  }

  @Test
  void temporalNeverTrainsOnTheFuture() {
    SplitData split = new TemporalSplit(0.8, 0.1).split(DATA, 1);
    long lastTrain = max(split.train());
    HeldOut validation = split.validation().orElseThrow();
    assertThat(lastTrain).isLessThan(min(validation.target()));
    assertThat(max(validation.target())).isLessThan(min(split.test().target()));
    assertThat(split.test().input().size()).isLessThanOrEqualTo((int) (0.8 * DATA.size() + 1));
  }

  private static long max(Interactions data) {
    return java.util.Arrays.stream(data.timestamps().orElseThrow()).max().orElseThrow();
  }

  private static long min(Interactions data) {
    return java.util.Arrays.stream(data.timestamps().orElseThrow()).min().orElseThrow();
  }

  @Test
  void heldOutUsersAreNotTrainedOnAndTheirTargetIsAFifth() {
    Interactions data = RandomData.of(100, 400, 25, 9, true);
    SplitData split = new HeldOutUsers(20, 0.8).split(data, 2);
    assertThat(split.train().userCount()).isEqualTo(60);
    assertThat(split.notes()).hasSize(2);
    for (HeldOut part : java.util.List.of(split.validation().orElseThrow(), split.test())) {
      assertThat(part.trained()).isFalse();
      assertThat(part.input().userCount()).isEqualTo(20);
      assertThat(part.input().items().sameAs(split.train().items())).isTrue();
      for (int u = 0; u < 20; u++) {
        assertThat(split.train().users().index(part.input().users().id(u))).isNegative();
        int n = part.input().degree(u) + part.target().degree(u);
        assertThat(part.target().degree(u)).isEqualTo(n < 5 ? 0 : n / 5);
        assertThat(n)
            .isLessThanOrEqualTo(data.degree(data.users().index(part.input().users().id(u))));
      }
    }
    assertThat(split.train().itemCounts()).doesNotContain(0);
  }

  @Test
  void validationUsersAreOthersAndMayBeNone() {
    Interactions data = RandomData.of(100, 400, 25, 9, true);
    SplitData few = Splitters.parse("heldout-users:20:0.8:7").split(data, 2);
    SplitData none = Splitters.parse("heldout-users:20:0.8:0").split(data, 2);

    assertThat(few.train().userCount()).isEqualTo(73);
    assertThat(few.validation().orElseThrow().input().userCount()).isEqualTo(7);
    assertThat(few.test().input().userCount()).isEqualTo(20);
    for (int u = 0; u < 7; u++) {
      String id = few.validation().orElseThrow().input().users().id(u);
      assertThat(few.test().input().users().index(id)).isNegative();
      assertThat(few.train().users().index(id)).isNegative();
    }
    assertThat(none.validation()).isEmpty();
    assertThat(none.train().userCount()).isEqualTo(80);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "randm:0.8|unknown split 'randm'; did you mean 'random'? (known: random:TRAIN[:VALIDATION],"
            + " leave-one-out[:valid], temporal:TRAIN[:VALIDATION],"
            + " heldout-users:N[:FOLDIN[:VALIDATION]], cold-items:SHARE[:VALIDATION])",
        "random|split 'random' is not of the form random:TRAIN[:VALIDATION]",
        "random:x|split 'random:x': 'x' must be a share such as 0.8",
        "random:1.0|the training share is 1.0; it must be above 0 and below 1, such as 0.8",
        "random:0.8:1|the validation share is 1.0; it must be from 0 to less than 1 (of the"
            + " training data), such as 0.1",
        "leave-one-out:x|split 'leave-one-out:x': 'x' must be 'valid', or nothing",
        "cold-items:1|the share of cold items is 1.0; it must be above 0 and below 1, such as 0.1",
        "cold-items|split 'cold-items' is not of the form cold-items:SHARE[:VALIDATION]",
        "heldout-users:0|the number of held-out users is 0; give at least 1",
        "heldout-users:5:1.5|the share that is folded in is 1.5; it must be above 0 and below 1"
      })
  void refusesWhatIsNoSplit(String text, String message) {
    assertThatThrownBy(() -> Splitters.parse(text))
        .isInstanceOf(TamisException.class)
        .hasMessage(message);
  }

  @Test
  void refusesDataThatDoNotFit() {
    Interactions timeless = RandomData.of(10, 60, 25, 3, false);
    assertThatThrownBy(() -> new TemporalSplit(0.8, 0).split(timeless, 1))
        .isInstanceOf(TamisException.class)
        .hasMessageContaining("needs timestamps");
    assertThatThrownBy(() -> new HeldOutUsers(5, 0.8).split(timeless, 1))
        .isInstanceOf(TamisException.class)
        .hasMessage(
            "holding out 5 users for test and 5 for validation leaves nobody to train on: the data"
                + " have 10 users; hold out fewer, at most 9 together");
  }
}
