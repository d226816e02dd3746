package dev.tamis.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.sample.SmallData;
import dev.tamis.solve.ItemSimilarities.Measure;
import dev.tamis.solve.ItemSimilarities.Weighting;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemSimilaritiesTest {
  private static final Interactions DATA = SmallData.longTailed(90, 200, 14, 4);

  private static SparseRows solve(
      Weighting weighting, Measure measure, double shrinkage, int neighbours, int threads) {
    try (Workers workers = new Workers(threads)) {
      return new ItemSimilarities(SparseRows.of(DATA, null), weighting, measure, shrinkage, workers)
          .solve(neighbours, done -> {});
    }
  }

  /** A number for every user and item, as text retrieval has it for words and documents. */
  private static double[][] weighed(Weighting weighting) {
    double[][] x = new double[DATA.userCount()][DATA.itemCount()];
    int[] counts = DATA.itemCounts();
    for (int u = 0; u < x.length; u++) {
      double idf = Math.log((double) DATA.itemCount() / (1 + DATA.degree(u)));
      for (int e = DATA.rowStart()[u]; e < DATA.rowStart()[u + 1]; e++) {
        int i = DATA.itemIds()[e];
        double norm = 0.25 + 0.75 * counts[i] * DATA.itemCount() / DATA.size();
        x[u][i] =
            switch (weighting) {
              case NONE -> 1;
              case TF_IDF -> idf;
              case BM25 -> idf * 2.2 / (1.2 * norm + 1);
            };
      }
    }
    return x;
  }

  private static double similarity(double[][] x, int a, int b, Measure measure, double shrinkage) {
    double both = 0;
    double ofA = 0;
    double ofB = 0;
    for (double[] row : x) {
      both += row[a] * row[b];
      ofA += row[a] * row[a];
      ofB += row[b] * row[b];
    }
    return switch (measure) {
      case COSINE -> both / (Math.sqrt(ofA) * Math.sqrt(ofB) + shrinkage);
      case JACCARD -> both / (ofA + ofB - both + shrinkage);
      case INNER_PRODUCT -> both / (1 + shrinkage);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, COSINE, 0",
    "NONE, COSINE, 10",
    "TF_IDF, COSINE, 0",
    "BM25, COSINE, 3",
    "NONE, JACCARD, 0",
    "NONE, JACCARD, 5",
    "BM25, INNER_PRODUCT, 0",
    "NONE, INNER_PRODUCT, 0"
  })
  void neighboursAreTheMostSimilar(Weighting weighting, Measure measure, double shrinkage) {
    double[][] x = weighed(weighting);
    for (int neighbours : new int[] {1, 6, 1000}) {
      SparseRows found = solve(weighting, measure, shrinkage, neighbours, 2);
      for (int i = 0; i < DATA.itemCount(); i++) {
        int item = i;
        double[] all = new double[DATA.itemCount()];
        for (int j = 0; j < all.length; j++) {
          all[j] = j == i ? 0 : similarity(x, i, j, measure, shrinkage);
        }
        int[] best =
            IntStream.range(0, all.length)
                .filter(j -> j != item && all[j] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(j -> -all[j]))
                .limit(neighbours)
                .mapToInt(j -> j)
                .toArray();
        assertThat(found.degree(i)).isEqualTo(best.length);
        double least = best.length == 0 ? 0 : all[best[best.length - 1]];
        for (int e = found.start()[i]; e < found.start()[i + 1]; e++) {
          int j = found.columns()[e];
          assertThat((double) found.value(e)).isCloseTo(all[j], within(1e-5 * all[j]));
          assertThat(all[j]).isGreaterThanOrEqualTo(least * (1 - 1e-6));
          assertThat(j).isNotEqualTo(i);
        }
      }
    }
  }

  /** Equal ones by the smaller number. */
  @Test
  void tiesGoToTheSmallerNumber() {
    Interactions alike = SmallData.where(6, 9, (u, i) -> i != 4);
    try (Workers workers = new Workers(1)) {
      SparseRows found =
          new ItemSimilarities(
                  SparseRows.of(alike, null), Weighting.NONE, Measure.COSINE, 0, workers)
              .solve(3, done -> {});
      assertThat(found.start()).containsExactly(0, 3, 6, 9, 12, 12, 15, 18, 21, 24);
      assertThat(found.columns()).startsWith(1, 2, 3, 0, 2, 3).endsWith(0, 1, 2, 0, 1, 2);
    }
  }

  @Test
  void bitsDoNotDependOnThreads() {
    SparseRows one = solve(Weighting.BM25, Measure.COSINE, 1, 5, 1);
    for (int threads : new int[] {2, 4, 8}) {
      SparseRows more = solve(Weighting.BM25, Measure.COSINE, 1, 5, threads);
      assertThat(more.columns()).isEqualTo(one.columns());
      assertThat(more.values()).isEqualTo(one.values());
    }
  }

  @Test
  void weightedSetsAreRefused() {
    assertThatThrownBy(() -> ItemSimilarities.check(Weighting.BM25, Measure.JACCARD))
        .isInstanceOf(TamisException.class)
        .hasMessageContaining("set weighting=none, or similarity=cosine");
  }
}
