package dev.tamis.sample.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.kernels.Workers;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KMeansTest {
  private static final int WIDTH = 3;

  /** Points around {@code groups} far-apart centres, point i around centre i mod groups. */
  private static float[] planted(int rows, int groups, double spread) {
    Rng rng = Rng.keyed(8, Stream.DEMO, 0, 0);
    float[] points = new float[rows * WIDTH];
    for (int i = 0; i < rows; i++) {
      for (int d = 0; d < WIDTH; d++) {
        double center = 10 * Math.sin(1 + i % groups * 7.3 + d * 2.1);
        points[i * WIDTH + d] = (float) (center + spread * rng.nextGaussian());
      }
    }
    return points;
  }

  private static KMeans fitted(float[] points, int clusters, int maxRounds, int threads) {
    KMeans kmeans = new KMeans(clusters, WIDTH, maxRounds);
    try (Workers workers = new Workers(threads)) {
      kmeans.fit(points, points.length / WIDTH, 1, workers);
    }
    return kmeans;
  }

  @Test
  void plantedGroupsAreFound() {
    KMeans kmeans = fitted(planted(700, 7, 0.05), 7, 30, 1);

    for (int i = 7; i < 700; i++) {
      assertThat(kmeans.codes()[i]).isEqualTo(kmeans.codes()[i % 7]);
    }
    assertThat(Arrays.stream(kmeans.codes()).distinct().count()).isEqualTo(7);
  }

  @Test
  void bitsDoNotDependOnThreads() {
    float[] points = planted(5000, 40, 2);
    KMeans one = fitted(points, 17, 12, 1);
    for (int threads = 2; threads <= 4; threads++) {
      KMeans more = fitted(points, 17, 12, threads);
      assertThat(more.codes()).isEqualTo(one.codes());
      assertThat(more.centers()).isEqualTo(one.centers());
    }
  }

  @Test
  void moreRoundsLoseNothingAndEachPointIsWithItsNearestCentre() {
    float[] points = planted(800, 30, 2);
    double last = Double.POSITIVE_INFINITY;
    for (int rounds = 0; rounds < 10; rounds++) {
      KMeans kmeans = new KMeans(9, WIDTH, rounds);
      try (Workers workers = new Workers(1)) {
        double loss = kmeans.fit(points, 800, 1, workers);
        assertThat(loss).isLessThanOrEqualTo(last * (1 + 1e-6));
        assertThat(loss)
            .isBetween(naiveLoss(points, kmeans) * 0.9999, naiveLoss(points, kmeans) * 1.0001);
        last = loss;
      }
    }
  }

  private static double naiveLoss(float[] points, KMeans kmeans) {
    double total = 0;
    for (int i = 0; i < points.length / WIDTH; i++) {
      double nearest = Double.POSITIVE_INFINITY;
      for (int k = 0; k < kmeans.centers().length / WIDTH; k++) {
        double distance = 0;
        for (int d = 0; d < WIDTH; d++) {
          double off = points[i * WIDTH + d] - kmeans.centers()[k * WIDTH + d];
          distance += off * off;
        }
        nearest = Math.min(nearest, distance);
      }
      total += nearest;
    }
    return total;
  }

  /** Points that lie together fill only as many clusters as there are places. */
  @Test
  void clustersWithoutPointsAreMovedToPoints() {
    float[] points = planted(60, 4, 0);
    KMeans kmeans = fitted(points, 6, 30, 1);

    assertThat(naiveLoss(points, kmeans)).isLessThan(1e-6);
  }

  @Test
  void aLaterFitBeginsAtTheCentresOfTheOneBefore() {
    float[] points = planted(900, 12, 1);
    KMeans cold = fitted(points, 8, 30, 1);
    float[] centers = cold.centers().clone();
    KMeans warm = new KMeans(8, WIDTH, 0);
    System.arraycopy(centers, 0, warm.centers(), 0, centers.length);
    warm.resume();
    try (Workers workers = new Workers(1)) {
      warm.fit(points, 900, 99, workers);
    }
    assertThat(warm.centers()).isEqualTo(centers);
    assertThat(warm.codes()).isEqualTo(cold.codes());
  }

  @Test
  void columnsOfAWiderMatrixAreClusteredLikeAMatrixOfTheirOwn() {
    float[] points = planted(500, 12, 2);
    float[] wide = new float[2 + 500 * (WIDTH + 4)];
    for (int i = 0; i < 500; i++) {
      System.arraycopy(points, i * WIDTH, wide, 2 + i * (WIDTH + 4), WIDTH);
    }
    KMeans own = fitted(points, 9, 5, 1);
    KMeans columns = new KMeans(9, WIDTH, 5);
    try (Workers workers = new Workers(2)) {
      columns.fit(wide, 2, WIDTH + 4, 500, 1, workers);
    }
    assertThat(columns.centers()).isEqualTo(own.centers());
    assertThat(columns.codes()).isEqualTo(own.codes());
  }

  @Test
  void moreClustersThanPointsAreRefused() {
    assertThatThrownBy(() -> fitted(new float[3 * WIDTH], 4, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("4 clusters of 3 points");
  }
}
