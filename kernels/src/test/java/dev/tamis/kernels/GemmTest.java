package dev.tamis.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("chosen-kernels")
class GemmTest {
  enum Form {
    NN,
    NT,
    TN
  }

  /** One product: a shape, three placed matrices, and what the oracle says of them. */
  private static final class Product {
    final Form form;
    final int m;
    final int n;
    final int k;
    final boolean add;
    final int aFrom;
    final int lda;
    final int bFrom;
    final int ldb;
    final int cFrom;
    final int ldc;
    final float[] a;
    final float[] b;
    final float[] before;

    Product(Form form, int m, int n, int k, boolean add, int rarity, SplittableRandom random) {
      this.form = form;
      this.m = m;
      this.n = n;
      this.k = k;
      this.add = add;
      int aRows = form == Form.TN ? k : m;
      int aColumns = form == Form.TN ? m : k;
      int bRows = form == Form.NT ? n : k;
      int bColumns = form == Form.NT ? k : n;
      aFrom = random.nextInt(5);
      bFrom = random.nextInt(5);
      cFrom = random.nextInt(5);
      lda = aColumns + random.nextInt(4);
      ldb = bColumns + random.nextInt(4);
      ldc = n + random.nextInt(4);
      a = TestVectors.awkward(aFrom + aRows * lda, rarity, random);
      b = TestVectors.awkward(bFrom + bRows * ldb, rarity, random);
      before = TestVectors.awkward(cFrom + m * ldc + 3, rarity, random);
    }

    float[] oracle() {
      return oracle(n);
    }

    /** The first columns only; the others stay as they were. */
    float[] oracle(int columns) {
      float[] c = before.clone();
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < columns; j++) {
          float sum = add ? c[cFrom + i * ldc + j] : 0;
          for (int l = 0; l < k; l++) {
            float x = a[aFrom + (form == Form.TN ? l * lda + i : i * lda + l)];
            float y = b[bFrom + (form == Form.NT ? j * ldb + l : l * ldb + j)];
            sum = Math.fma(x, y, sum);
          }
          c[cFrom + i * ldc + j] = sum;
        }
      }
      return c;
    }

    float[] run(Gemm gemm) {
      float[] c = before.clone();
      switch (form) {
        case NN -> gemm.nn(m, n, k, a, aFrom, lda, b, bFrom, ldb, c, cFrom, ldc, add);
        case NT -> gemm.nt(m, n, k, a, aFrom, lda, b, bFrom, ldb, c, cFrom, ldc, add);
        case TN -> gemm.tn(m, n, k, a, aFrom, lda, b, bFrom, ldb, c, cFrom, ldc, add);
      }
      return c;
    }

    /** The first columns, with all of the right side packed beforehand, in place of another. */
    float[] run(Gemm gemm, PackedColumns packed, int columns) {
      packed.take(1, 1, new float[1], 0, 1);
      if (form == Form.NT) {
        packed.takeTransposed(k, n, b, bFrom, ldb);
      } else {
        packed.take(k, n, b, bFrom, ldb);
      }
      float[] c = before.clone();
      if (form == Form.TN) {
        gemm.tn(m, columns, a, aFrom, lda, packed, c, cFrom, ldc, add);
      } else {
        gemm.nn(m, columns, a, aFrom, lda, packed, c, cFrom, ldc, add);
      }
      return c;
    }

    @Override
    public String toString() {
      return form + " " + m + " x " + n + " x " + k + (add ? ", added" : "");
    }
  }

  private static List<GemmTile> tiles() {
    List<GemmTile> tiles = new ArrayList<>(List.of(new ScalarTile()));
    if (KernelSelector.vectorModulePresent()) {
      tiles.add(new SimdTile12());
      tiles.add(new SimdTile6());
    }
    return tiles;
  }

  private static void assertExact(Gemm gemm, Product product) {
    assertThat(TestVectors.bits(product.run(gemm)))
        .as(product.toString())
        .isEqualTo(TestVectors.bits(product.oracle()));
  }

  @ParameterizedTest
  @EnumSource
  void everyElementIsOneChainOfFusedMultiplyAdds(Form form) {
    SplittableRandom random = new SplittableRandom(form.ordinal());
    for (GemmTile tile : tiles()) {
      Gemm gemm = new Gemm(null, tile);
      for (int round = 0; round < 120; round++) {
        int m = random.nextInt(70);
        int n = random.nextInt(round % 4 == 0 ? 300 : 70);
        int k = random.nextInt(round % 8 == 0 ? 600 : 40);
        assertExact(gemm, new Product(form, m, n, k, random.nextBoolean(), 1 << 30, random));
      }
    }
  }

  @Test
  void anOperandThatIsOnePanelAsItStandsTakesTheSameChain() {
    SplittableRandom random = new SplittableRandom(7);
    for (GemmTile tile : tiles()) {
      Gemm gemm = new Gemm(null, tile);
      for (int round = 0; round < 40; round++) { // one stride in four is the width
        int m = 1 + random.nextInt(tile.columns());
        Product product =
            new Product(Form.NN, m, tile.columns(), 900, random.nextBoolean(), 1 << 30, random);
        assertExact(gemm, product);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void columnsThatArePackedBeforehandTakeTheSameChain(Form form) {
    SplittableRandom random = new SplittableRandom(11);
    for (GemmTile tile : tiles()) {
      Gemm gemm = new Gemm(null, tile);
      PackedColumns packed = new PackedColumns(tile);
      for (int round = 0; round < 60; round++) {
        int m = random.nextInt(round % 3 == 0 ? 300 : 70);
        int n = random.nextInt(round % 4 == 0 ? 300 : 70);
        int k = random.nextInt(round % 5 == 0 ? 900 : 40);
        Product product = new Product(form, m, n, k, random.nextBoolean(), 1 << 30, random);
        int first = round % 2 == 0 ? n : random.nextInt(n + 1);
        assertThat(TestVectors.bits(product.run(gemm, packed, first)))
            .as(product + ", the first " + first)
            .isEqualTo(TestVectors.bits(product.oracle(first)));
      }
    }
  }

  @Test
  void workersPackTheSame() {
    float[] b = TestVectors.awkward(700 * 1500, 1 << 30, new SplittableRandom(12));
    PackedColumns alone = new PackedColumns();
    alone.take(700, 1490, b, 3, 1500);
    PackedColumns shared = new PackedColumns();
    try (Workers workers = new Workers(3)) {
      shared.take(700, 1490, b, 3, 1500, workers);
    }
    assertThat(TestVectors.bits(shared.panels)).isEqualTo(TestVectors.bits(alone.panels));
  }

  @Test
  void columnsPackedForOtherTilesAreRefused() {
    List<GemmTile> tiles = tiles();
    GemmTile last = tiles.get(tiles.size() - 1);
    PackedColumns packed = new PackedColumns(tiles.get(0));
    packed.take(1, 1, new float[1], 0, 1);
    assumeTrue(last.columns() != packed.unit, "without the vector module there is one tile");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Gemm(null, last).nn(1, new float[1], 0, 1, packed, new float[1], 0, 1, false))
        .withMessage("columns are packed by 128, but tiles have " + last.columns());
  }

  @Test
  void columnsThatDoNotFitAreRefused() {
    PackedColumns packed = new PackedColumns();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> packed.take(-1, 1, new float[1], 0, 1))
        .withMessage("sizes must not be negative, but are m=0, n=1, k=-1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> packed.takeTransposed(3, 1, new float[3], 0, 2))
        .withMessage("B has 3 columns, but a row stride of only 2");
    assertThatThrownBy(() -> packed.take(2, 3, new float[5], 0, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
    packed.take(7, 130, new float[7 * 130], 0, 130);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Gemm().nn(1, 131, new float[7], 0, 7, packed, new float[131], 0, 131, false))
        .withMessage("the first 131 columns are wanted, but 130 are packed");
    assertThat(packed.panels).hasSize((int) PackedColumns.size(7, 130));
  }

  @ParameterizedTest
  @EnumSource
  void sizesZeroAndOneWork(Form form) {
    SplittableRandom random = new SplittableRandom(3);
    for (GemmTile tile : tiles()) {
      Gemm gemm = new Gemm(null, tile);
      for (int shape = 0; shape < 64; shape++) {
        boolean add = (shape & 1) == 0;
        int m = new int[] {0, 1, 12, 13}[shape >> 4];
        int n = new int[] {0, 1, 32, 33}[shape >> 2 & 3];
        for (int k = 0; k < 3; k++) {
          assertExact(gemm, new Product(form, m, n, k, add, 1 << 30, random));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void infinitiesNanAndSubnormalsTakeTheSameChain(Form form) {
    SplittableRandom random = new SplittableRandom(4);
    for (GemmTile tile : tiles()) {
      Gemm gemm = new Gemm(null, tile);
      for (int round = 0; round < 30; round++) {
        assertExact(gemm, new Product(form, 37, 41, 30, round % 2 == 0, 60, random));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void workersDoNotChangeTheBits(int threads) {
    SplittableRandom random = new SplittableRandom(5);
    try (Workers workers = new Workers(threads)) {
      for (GemmTile tile : tiles()) {
        Gemm gemm = new Gemm(workers, tile);
        for (Form form : Form.values()) {
          for (boolean add : new boolean[] {false, true}) {
            assertExact(gemm, new Product(form, 130, 333, 70, add, 1 << 30, random));
            assertExact(gemm, new Product(form, 333, 130, 70, add, 1 << 30, random));
            assertExact(gemm, new Product(form, 40, 70, 800, add, 1 << 30, random));
          }
        }
      }
    }
  }

  @Test
  void severalPassesOverKContinueTheChains() {
    // A pass has room for 2^20 packed elements of the shorter side: 72 x 20,000 are more.
    SplittableRandom random = new SplittableRandom(6);
    for (GemmTile tile : tiles()) {
      Gemm gemm = new Gemm(null, tile);
      assertExact(gemm, new Product(Form.NN, 64, 65, 20_000, true, 1 << 30, random));
      assertExact(gemm, new Product(Form.TN, 65, 64, 20_000, false, 1 << 30, random));
    }
  }

  @Test
  void matricesThatDoNotFitAreRefusedBeforeAnythingIsWritten() {
    Gemm gemm = new Gemm();
    float[] x = new float[100];
    float[] c = {7, 7, 7, 7};
    assertThatThrownBy(() -> gemm.nn(2, 2, 51, x, 0, 51, x, 0, 2, c, 0, 2, false))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("A is 2 x 51 with row stride 51")
        .hasMessageContaining("has 100");
    assertThatThrownBy(() -> gemm.nt(2, 3, 10, x, 0, 10, x, 0, 10, c, 0, 3, false))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("C is 2 x 3");
    assertThatThrownBy(
            () -> gemm.tn(2, 2, 3, x, 0, 1 << 30, x, Integer.MAX_VALUE, 1 << 30, c, 0, 2, false))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> gemm.nn(2, 2, 2, x, -1, 2, x, 0, 2, c, 0, 2, false))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> gemm.nn(2, 2, 2, x, 0, 1, x, 0, 2, c, 0, 2, false))
        .withMessage("A has 2 columns, but a row stride of only 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> gemm.nn(2, -2, 2, x, 0, 2, x, 0, 2, c, 0, 2, false))
        .withMessageContaining("n=-2");
    assertThat(c).containsOnly(7);
  }
}
