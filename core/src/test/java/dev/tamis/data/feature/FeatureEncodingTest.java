package dev.tamis.data.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.data.IdMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureEncodingTest {
  private static final boolean[] TRAINING = {true, true, true, false};

  /** Rows a to d: a has x and y, b has x, c has nothing, d (not of training) has y and z. */
  private static final Features FEATURES =
      new Features(
          IdMap.of("a", "b", "c", "d"),
          List.of(
              FeatureColumn.of(
                  "tags",
                  ColumnKind.MULTI,
                  IdMap.of("x", "y", "z"),
                  new int[] {0, 2, 3, 3, 5},
                  new int[] {0, 1, 0, 1, 2}),
              FeatureColumn.of("price", new float[] {1, 4, Float.NaN, 100})));

  @Test
  void valuesOfEnoughTrainingRowsHaveRowsAndTheOthersShareOne() {
    FeatureEncoding encoding = FeatureEncoding.fit(FEATURES, TRAINING, 2);
    assertThat(encoding.columns().get(0).vocabulary().size()).isOne();
    assertThat(encoding.rows()).isEqualTo(3); // unknown, x, price
    assertThat(encoding.unknownRows()).containsExactly(true, false, false);
    FeatureLists lists = encoding.lists(FEATURES);
    assertThat(lists.start()).containsExactly(0, 3, 5, 7, 10);
    assertThat(lists.row()).containsExactly(1, 0, 2, 1, 2, 0, 2, 0, 0, 2);
    assertThat(lists.weight()[0]).isEqualTo(0.5f); // of x and y: their mean
    assertThat(lists.weight()[5]).isOne(); // nothing is known of c
  }

  @Test
  void numbersAreDeviationsFromTheMeanOfTraining() {
    FeatureEncoding encoding = FeatureEncoding.fit(FEATURES, TRAINING, 1);
    ColumnEncoding price = encoding.columns().get(1);
    assertThat(price.mean()).isEqualTo(2.5);
    assertThat(price.deviation()).isEqualTo(1.5);
    FeatureLists lists = encoding.lists(FEATURES);
    int[] last = {2, 4, 6, 9}; // the price of each
    float[] expected = {-1, 1, 0, 10}; // of the last, 65 would be too many
    for (int i = 0; i < 4; i++) {
      assertThat(lists.row()[last[i]]).isEqualTo(3);
      assertThat(lists.weight()[last[i]]).isCloseTo(expected[i], within(1e-6f));
    }
  }

  /** Whatever the numbers of values in another file, the rows are those of the vocabulary. */
  @Test
  void otherFilesAreReadByTheSameVocabulary() {
    FeatureEncoding encoding = FeatureEncoding.fit(FEATURES, TRAINING, 1);
    Features others =
        new Features(
            IdMap.of("e", "f"),
            List.of(
                FeatureColumn.of(
                    "tags",
                    ColumnKind.CATEGORICAL,
                    IdMap.of("a", "new", "y"),
                    new int[] {0, 1, 2},
                    new int[] {2, 1})));
    FeatureLists lists = encoding.lists(others);
    assertThat(lists.row()).containsExactly(2, 3, 0, 3); // y, price; unknown, price
    assertThat(lists.weight()).containsExactly(1, 0, 1, 0);
  }

  @Test
  void aColumnThatIsAlwaysTheSameSaysNothing() {
    Features same =
        new Features(IdMap.of("a", "b"), List.of(FeatureColumn.of("n", new float[] {7, 7})));
    FeatureEncoding encoding = FeatureEncoding.fit(same, new boolean[] {true, true}, 1);
    assertThat(encoding.lists(same).weight()).containsExactly(0, 0);
  }

  @Test
  void featuresAreBroughtToOtherIds() {
    Features others = FEATURES.of(IdMap.of("b", "bb", "d"));
    assertThat(others.columns().get(0).start()).containsExactly(0, 1, 1, 3);
    assertThat(others.columns().get(0).valueNumbers()).containsExactly(0, 1, 2);
    assertThat(others.columns().get(1).numbers()).containsExactly(4, Float.NaN, 100);
    assertThat(others.columns().get(0).missing()).isOne();
    assertThat(others.fingerprint()).isNotEqualTo(FEATURES.fingerprint());
    assertThat(FEATURES.of(IdMap.of("a", "b", "c", "d"))).isSameAs(FEATURES);
  }

  @Test
  void ownRowsFollowThoseOfFeatures() {
    FeatureLists lists =
        FeatureEncoding.fit(FEATURES, TRAINING, 2).lists(FEATURES).withOwnRows(3, TRAINING);
    assertThat(lists.start()).containsExactly(0, 4, 7, 10, 13);
    assertThat(lists.row()).containsExactly(1, 0, 2, 3, 1, 2, 4, 0, 2, 5, 0, 0, 2);
    assertThat(lists.weight()[3]).isOne();
  }
}
