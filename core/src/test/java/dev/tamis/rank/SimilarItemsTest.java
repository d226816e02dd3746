package dev.tamis.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimilarItemsTest {
  @Test
  void lengthOfAVectorDoesNotMatterButItsDirectionDoes() {
    float[] vectors = {1, 0, 100, 1, 0, 3, -1, 0, 1, 1};
    Ranked best = new SimilarItems(vectors, 2).to(0, 4);
    assertThat(best.items).startsWith(1, 4, 2, 3);
    assertThat(best.counts[0]).isEqualTo(4);
    assertThat(best.scores[0]).isCloseTo(0.99995f, within(1e-5f));
    assertThat(best.scores[3]).isEqualTo(-1f);
  }

  @Test
  void equalCosinesGoToTheSmallerItem() {
    float[] vectors = {2, 0, 0, 1, 0, 1, 0, 1};
    Ranked best = new SimilarItems(vectors, 2).to(3, 2);
    assertThat(best.items).containsExactly(1, 2);
  }

  @Test
  void cosinesOfVastAndTinyVectorsAreThoseOfTheirDirections() {
    float[] plain = {1, 2, 3, -1, 2, 1, 0.5f, 0.5f, 3, 0, 1, 0};
    Ranked expected = new SimilarItems(plain, 3).to(0, 3);
    for (float scale : new float[] {1e20f, 3e37f, 1e-23f, 1e-38f}) {
      float[] scaled = plain.clone();
      for (int i = 0; i < scaled.length; i++) {
        scaled[i] *= scale;
      }
      Ranked found = new SimilarItems(scaled, 3).to(0, 3);
      assertThat(found.items).isEqualTo(expected.items);
      for (int place = 0; place < 3; place++) {
        assertThat(found.scores[place]).isCloseTo(expected.scores[place], within(1e-6f));
      }
    }
  }

  @Test
  void placesThatNoItemTakesAreEmptyAndUnknownItemsRefused() {
    SimilarItems one = new SimilarItems(new float[] {1, 2}, 2);
    Ranked best = one.to(0, 3);
    assertThat(best.counts[0]).isZero();
    assertThat(best.items).containsOnly(-1);
    assertThat(best.scores).containsOnly(Float.NEGATIVE_INFINITY);
    assertThatThrownBy(() -> one.to(1, 3)).hasMessageContaining("item number 1 is not among the 1");
  }

  @Test
  void aZeroVectorIsSimilarToNothing() {
    Ranked best = new SimilarItems(new float[] {0, 0, 1, 1, -1, 0}, 2).to(0, 5);
    assertThat(best.counts[0]).isEqualTo(2);
    assertThat(best.scores).containsExactly(0f, 0f);
  }

  @Test
  void agreesWithSortingAllCosines() {
    int items = 200;
    int width = 7;
    Rng rng = Rng.keyed(11, Stream.INITIAL, 0, 0);
    float[] vectors = new float[items * width];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = (float) (rng.nextInt(21) - 10);
    }
    for (int item : new int[] {0, 17, 199}) {
      List<Integer> others = new ArrayList<>();
      for (int i = 0; i < items; i++) {
        if (i != item) {
          others.add(i);
        }
      }
      others.sort(
          Comparator.<Integer>comparingDouble(i -> -cosine(vectors, width, item, i))
              .thenComparingInt(i -> i));
      Ranked best = new SimilarItems(vectors, width).to(item, 12);
      for (int j = 0; j < 12; j++) {
        assertThat((double) best.scores[j])
            .isCloseTo(cosine(vectors, width, item, others.get(j)), within(1e-5));
      }
    }
  }

  @Test
  void refusesATableWithBrokenRows() {
    assertThatThrownBy(() -> new SimilarItems(new float[7], 2))
        .hasMessageContaining("no whole number of vectors");
  }

  private static double cosine(float[] vectors, int width, int a, int b) {
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int j = 0; j < width; j++) {
      dot += (double) vectors[a * width + j] * vectors[b * width + j];
      aa += (double) vectors[a * width + j] * vectors[a * width + j];
      bb += (double) vectors[b * width + j] * vectors[b * width + j];
    }
    return dot / Math.sqrt(aa * bb);
  }
}
