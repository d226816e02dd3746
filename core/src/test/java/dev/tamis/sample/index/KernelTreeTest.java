package dev.tamis.sample.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.config.TamisException;
import dev.tamis.kernels.Workers;
import dev.tamis.math.ChiSquare;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Initial;
import dev.tamis.model.Table;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelTreeTest {
  private static KernelTree tree(Table items, double alpha, int leafItems, int threads) {
    KernelTree tree = new KernelTree(items.rows(), items.width(), alpha, leafItems);
    try (Workers workers = new Workers(threads)) {
      tree.build(items.values(), workers);
    }
    return tree;
  }

  private static float[] query(int width, double deviation) {
    return Initial.normal(new Table("query", 1, width), 9, deviation).values();
  }

  /** [items] alpha (q . v)^2 + 1, in double. */
  private static double[] kernels(Table items, float[] query, double alpha) {
    double[] kernels = new double[items.rows()];
    for (int i = 0; i < items.rows(); i++) {
      double product = 0;
      for (int d = 0; d < items.width(); d++) {
        product += (double) query[d] * items.values()[items.at(i) + d];
      }
      kernels[i] = alpha * product * product + 1;
    }
    return kernels;
  }

  /** [items] the probability of each way from the root to an item, whether kept or not. */
  private static double[] ways(KernelTree tree, KernelTree.Descent descent, int items) {
    double[] ways = new double[items];
    for (int leaf = 0; leaf < tree.leaves; leaf++) {
      double way = 1;
      for (int node = tree.leaves + leaf; node > 1; node /= 2) {
        way *= descent.mass(node) / (descent.mass(node) + descent.mass(node ^ 1));
      }
      int first = tree.firstItem(leaf);
      double sum = descent.sumUp(first, tree.firstItem(leaf + 1) - first);
      for (int i = first; i < tree.firstItem(leaf + 1); i++) {
        ways[i] = way * (descent.kernel(i) - 1 + KernelTree.FLOOR) / sum;
      }
    }
    return ways;
  }

  @ParameterizedTest
  @CsvSource({"1, 5, 1, 1", "64, 16, 1, 4", "65, 16, 100, 4", "200, 7, 1, 1", "333, 33, 0.01, 20"})
  void everyWayDownHasTheProbabilityOfItsKernel(int n, int width, double alpha, int leafItems) {
    Table items = Initial.normal(new Table("items", n, width), 4, 0.6);
    float[] query = query(width, 0.6);
    KernelTree tree = tree(items, alpha, leafItems, 2);
    KernelTree.Descent descent = tree.newDescent();
    descent.take(query, 0);
    double[] kernels = kernels(items, query, alpha);
    double total = Arrays.stream(kernels).sum() - n * (1 - KernelTree.FLOOR);
    double[] ways = ways(tree, descent, n);

    assertThat(descent.mass(1)).isCloseTo(total, within(1e-5 * total));
    for (int i = 0; i < n; i++) {
      double expected = (kernels[i] - 1 + KernelTree.FLOOR) / total;
      assertThat(ways[i]).as("item %d", i).isCloseTo(expected, within(1e-4 * expected));
      assertThat(descent.kernel(i)).isCloseTo(kernels[i], within(1e-5 * kernels[i]));
    }
  }

  /**
   * Long vectors that are nearly orthogonal to the query: sums of floats cancel, and ways down are
   * not what they should be; draws are.
   */
  @Test
  void whatIsKeptFollowsTheKernelWhereMassesAreRounded() {
    int n = 300;
    Table items = Initial.normal(new Table("items", n, 8), 4, 1);
    float[] query = {20, 20, 20, 20, 0.1f, 0.1f, 0.1f, 0.1f};
    for (int i = 0; i < n; i++) {
      items.values()[items.at(i) + 3] =
          -items.values()[items.at(i)]
              - items.values()[items.at(i) + 1]
              - items.values()[items.at(i) + 2];
    }
    KernelTree tree = tree(items, 1, 4, 1);
    KernelTree.Descent descent = tree.newDescent();
    descent.take(query, 0);
    double root = descent.mass(1);
    double even = n * (1 - KernelTree.FLOOR);
    double[] ways = ways(tree, descent, n);
    double[] law = new double[n];
    double[] kernels = new double[n];
    double worst = 0;
    for (int leaf = 0; leaf < tree.leaves; leaf++) {
      int first = tree.firstItem(leaf);
      int end = tree.firstItem(leaf + 1);
      double way = 0;
      double sum = descent.sumUp(first, end - first);
      for (int i = first; i < end; i++) {
        way += ways[i];
      }
      double kept = KernelTree.Descent.kept(root * way, sum);
      worst = Math.max(worst, Math.abs(root * way / sum - 1));
      assertThat(kept).isLessThan(1);
      for (int i = first; i < end; i++) {
        law[i] = root * ways[i] * kept + even * KernelTree.Descent.kept(1, 1) / n;
        kernels[i] = descent.kernel(i);
      }
    }
    double drawn = Arrays.stream(law).sum();
    double total = Arrays.stream(kernels).sum();
    assertThat(worst).as("rounding of a way down").isGreaterThan(1e-5);
    for (int i = 0; i < n; i++) {
      assertThat(law[i] / drawn).isCloseTo(kernels[i] / total, within(1e-10 * kernels[i] / total));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 8", "50, 3", "0, 8", "1, 1000"})
  void drawsFollowTheKernel(double alpha, int leafItems) {
    int n = 150;
    Table items = Initial.normal(new Table("items", n, 6), 4, 0.7);
    KernelTree.Descent descent = tree(items, alpha, leafItems, 1).newDescent();
    Rng rng = Rng.keyed(6, Stream.NEGATIVES, 0, 0);
    // Queries one after another, as what is kept of one must not be taken for the next.
    float[][] queries = {query(6, 0.5), query(6, 2)};
    long[][] counts = new long[2][n];
    for (int row = 0; row < 100_000; row++) {
      descent.take(queries[row % 2], 0);
      for (int draw = 0; draw < 5; draw++) {
        int item = descent.trial(rng);
        if (item >= 0) {
          counts[row % 2][item]++;
        }
      }
    }
    for (int k = 0; k < 2; k++) {
      double[] p = kernels(items, queries[k], alpha);
      double total = Arrays.stream(p).sum();
      ChiSquare.assertFollows(counts[k], Arrays.stream(p).map(x -> x / total).toArray());
    }
  }

  @Test
  void sumsDoNotDependOnThreadsOrOnWhatWasBuiltBefore() {
    Table items = Initial.normal(new Table("items", 99, 5), 4, 0.7);
    Table others = Initial.normal(new Table("others", 99, 5), 4, 0.7);
    KernelTree again = new KernelTree(99, 5, 1, 3);
    try (Workers workers = new Workers(3)) {
      again.build(others.values(), workers);
      again.build(items.values(), workers);
    }
    KernelTree.Descent one = tree(items, 1, 3, 1).newDescent();
    KernelTree.Descent other = again.newDescent();
    one.take(query(5, 1), 0);
    other.take(query(5, 1), 0);
    for (int node = 1; node < 2 * again.leaves; node++) {
      assertThat(other.mass(node)).isEqualTo(one.mass(node));
    }
  }

  @Test
  void aTreeTooLargeForAnArrayIsRefused() {
    assertThatThrownBy(() -> new KernelTree(1 << 20, 200, 1, 4))
        .isInstanceOf(TamisException.class)
        .hasMessageStartingWith(
            "sums of a kernel tree over 1048576 items: 524288 x 20100 are more than")
        .hasMessageContaining("set leaf-items to more");
  }
}
