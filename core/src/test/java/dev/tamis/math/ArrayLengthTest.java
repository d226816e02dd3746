package dev.tamis.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.config.TamisException;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Table;
import dev.tamis.model.score.CatalogueScores;
import dev.tamis.sample.ScoreSamples;
import dev.tamis.sample.UserMemories;
import dev.tamis.sample.UserPools;
import dev.tamis.sample.index.KernelTree;
import dev.tamis.train.MatrixStep;
import dev.tamis.train.PolicyStep;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArrayLengthTest {
  private static final int MILLION = 1_000_000;

  @Test
  void productIsALength() {
    assertThat(ArrayLength.of("cells", 3, 5, "")).isEqualTo(15);
    assertThat(ArrayLength.of("cells", 0, 5, "")).isZero();
    assertThat(ArrayLength.of("cells", 5, 0, "")).isZero();
    assertThat(ArrayLength.of("cells", Long.MAX_VALUE, 0, "")).isZero();
  }

  @Test
  void mostIsAllowedAndOneMoreIsNot() {
    assertThat(ArrayLength.of("cells", ArrayLength.MOST, 1, "")).isEqualTo(ArrayLength.MOST);
    assertThat(ArrayLength.of("cells", ArrayLength.MOST, "")).isEqualTo(ArrayLength.MOST);
    assertThat(ArrayLength.of("cells", 1, ArrayLength.MOST, "")).isEqualTo(ArrayLength.MOST);
    refused(() -> ArrayLength.of("cells", ArrayLength.MOST + 1L, 1, "less"), "cells: 2147483640 x");
    refused(() -> ArrayLength.of("cells", 1, ArrayLength.MOST + 1L, "less"), "at most 0 x 2147483");
    refused(() -> ArrayLength.of("cells", ArrayLength.MOST + 1L, "less"), "cells: 2147483640 are");
  }

  /** Products that an int, or even a long, holds only after it went round. */
  @Test
  void productThatGoesRoundIsRefused() {
    refused(() -> ArrayLength.of("cells", 1 << 16, 1 << 16, "less"), "65536 x 65536");
    refused(() -> ArrayLength.of("cells", 1L << 40, 1L << 40, "less"), "less");
  }

  @Test
  void refusalSaysWhatAndHowManyAndWhatToDo() {
    assertThatThrownBy(() -> ArrayLength.of("scores", 2048, 1_050_000, "make batch-size smaller"))
        .hasMessage(
            "scores: 2048 x 1050000 are more than the 2147483639 numbers that one array holds, so"
                + " at most 2045 x 1050000; make batch-size smaller");
  }

  static Arguments[] legalSizes() {
    Batch million = new Batch(1, 0);
    million.rows = 1;
    million.posStart[1] = 3 * MILLION;
    return new Arguments[] {
      size("table", () -> new Table("items", MILLION, 4096), "make dim"),
      size("matrix", () -> new Matrix(1 << 20, 4096), "make batch-size"),
      size(
          "own candidates",
          () -> new Candidates(Candidates.Layout.PER_ROW, 1 << 20, 10_000),
          "negatives"),
      size(
          "all items",
          () -> new Candidates(Candidates.Layout.ALL, 2048, 1_050_000),
          "make batch-size smaller"),
      size(
          "candidates of groups",
          () -> Candidates.lists(1 << 20, 10_000, 1),
          "candidates of groups"),
      size("window", () -> Candidates.lists(1, 10_000, 1).window(1 << 20), "make batch-size"),
      size("autoencoder", () -> MatrixStep.codes(2048, 1, 1_050_000), "make batch-size smaller"),
      size("codes", () -> MatrixStep.codes(32, 100, MILLION), "make batch-size or samples"),
      size("generator", () -> PolicyStep.scores(4096, MILLION), "generator-batch-size"),
      size("pools", () -> new UserPools(MILLION, 10_000), "at most 2147 x 1000000; make pool"),
      size("samples", () -> new ScoreSamples(MILLION, 10_000), "2147 x 1000000; make candidates"),
      size("memories", () -> new UserMemories(MILLION, 10_000, 1), "make memory smaller"),
      size("kernel tree", () -> new KernelTree(MILLION, 4096, 1, 4), "set leaf-items to more"),
      size("catalogue", () -> CatalogueScores.size(24, 90 * MILLION), "leave rare items out"),
      size("repeated", () -> new Batch(1, 0).repeat(million, 1000), "make batch-size or samples"),
    };
  }

  /** Each of these options is allowed, and died of an ArithmeticException or worse. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("legalSizes")
  void legalSizesThatAreTooMuchTogetherAreRefusedInWords(
      String what, ThrowingCallable make, String words) {
    refused(make, words);
  }

  private static Arguments size(String what, ThrowingCallable make, String words) {
    return Arguments.of(what, make, words);
  }

  private static void refused(ThrowingCallable make, String words) {
    assertThatThrownBy(make)
        .isInstanceOfSatisfying(
            TamisException.class, e -> assertThat(e.kind()).isEqualTo(TamisException.Kind.CONFIG))
        .hasMessageContaining("2147483639 numbers that one array holds")
        .hasMessageContaining(words);
  }
}
