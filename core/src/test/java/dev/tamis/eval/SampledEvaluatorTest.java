package dev.tamis.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.config.TamisException;
import dev.tamis.data.IdMap;
import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.rank.GivenScores;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampledEvaluatorTest {
  private final List<Workers> started = new ArrayList<>();
  @TempDir private Path directory;

  @AfterEach
  void closeWorkers() {
    started.forEach(Workers::close);
  }

  @Test
  void rankAmongTheNegativesDecides() {
    SampledRows rows = new SampledRows();
    rows.add(0, 3, 5, 0, 1); // scores 3 against 5, 0, 1: rank 2
    rows.add(1, 0, 1, 2); // 0 against 1, 2: rank 3
    rows.add(2, 5, 4); // rank 1
    Evaluation evaluation = evaluate(rows, 3, new GivenScores(1, 0, 1, 2, 3, 4, 5), 1, 2);
    assertThat(evaluation.perUser().of("hit_rate_sampled@1")).containsExactly(0, 0, 1);
    assertThat(evaluation.perUser().of("hit_rate_sampled@2")).containsExactly(1, 0, 1);
    assertThat(evaluation.metrics().get("ndcg_sampled@2"))
        .isCloseTo((Math.log(2) / Math.log(3) + 1) / 3, within(1e-15));
    assertThat(evaluation.protocol()).contains("against 1 to 3 given negatives");
  }

  @Test
  void constantModelFindsNothing() {
    SampledRows rows = new SampledRows();
    rows.add(0, 0, 1, 2, 3);
    assertThat(evaluate(rows, 1, new GivenScores(1, 7, 7, 7, 7), 3).metrics())
        .containsEntry("hit_rate_sampled@3", 0.0);
    assertThat(evaluate(rows, 1, new GivenScores(1, 7, 7, 7, 7), 4).metrics())
        .containsEntry("hit_rate_sampled@4", 1.0);
  }

  @Test
  void flawedRowsAreMendedAndCounted() {
    SampledRows rows = new SampledRows();
    rows.add(0, 2, 0, 2, 1, 1, -1); // itself, a repetition, an item nobody knows
    rows.add(1, -1, 0, 1); // not to be found
    rows.add(-1, 1, 0); // nobody
    Evaluation evaluation = evaluate(rows, 2, new GivenScores(1, 1, 2, 3), 1);
    assertThat(evaluation.perUser().of("hit_rate_sampled@1")).containsExactly(1, 0);
    assertThat(evaluation.users()).isEqualTo(2);
    assertThat(evaluation.skipped()).isEqualTo(1);
    assertThat(evaluation.facts())
        .containsEntry("rows-with-positive-among-negatives", 1L)
        .containsEntry("negatives-repeated", 1L)
        .containsEntry("negatives-outside-catalogue", 1L)
        .containsEntry("positives-outside-catalogue", 1L)
        .containsEntry("users-not-in-training-data", 1L)
        .containsEntry("negatives-least", 2L)
        .containsEntry("negatives-most", 2L);
  }

  @Test
  void blocksTilesAndThreadsChangeNoBitAndTheOracleAgrees() {
    int users = 40;
    int items = 150;
    Rng rng = Rng.keyed(8, Stream.SAMPLED_EVALUATION, 0, 0);
    GivenScores scorer = GivenScores.random(users, items, 25, 6);
    SampledRows rows = new SampledRows();
    double hits = 0;
    for (int user = 0; user < users; user++) {
      int positive = rng.nextInt(items);
      int[] negatives = rng.nextInt(4) == 0 ? new int[0] : new int[20];
      int better = 0;
      for (int i = 0; i < negatives.length; i++) {
        negatives[i] = (positive + 1 + 7 * i) % items;
        better += scorer.score(user, negatives[i]) >= scorer.score(user, positive) ? 1 : 0;
      }
      rows.add(user, positive, negatives);
      hits += better < 5 ? 1 : 0;
    }
    Interactions input = Split.of(items, new int[users][0]);
    Evaluation expected =
        new SampledEvaluator(input, rows, new int[] {5}, workers(1)).evaluate(scorer);
    assertThat(expected.metrics().get("hit_rate_sampled@5")).isEqualTo(hits / users);
    for (int block : new int[] {1, 7, 512}) {
      for (int tile : new int[] {1, 13, 1024}) {
        for (int threads = 1; threads <= 3; threads++) {
          SampledEvaluator evaluator =
              new SampledEvaluator(input, rows, new int[] {5}, workers(threads), block, tile);
          assertThat(evaluator.evaluate(scorer).metrics()).isEqualTo(expected.metrics());
        }
      }
    }
  }

  @Test
  void nanIsRefused() {
    SampledRows rows = new SampledRows();
    rows.add(0, 0, 1);
    assertThatThrownBy(() -> evaluate(rows, 1, new GivenScores(1, 1, Float.NaN), 1))
        .isInstanceOf(TamisException.class)
        .hasMessageContaining("item number 1 for row 0 is NaN");
  }

  @Test
  void fileIsReadPlainOrZippedWithOrWithoutHeader() throws IOException {
    String body = "007\tb\ta c\nx\tzz\ta\nstranger\ta\tb\n";
    for (String text : new String[] {body, "user\titem\tnegatives\n" + body, "\uFEFF" + body}) {
      for (boolean zipped : new boolean[] {false, true}) {
        SampledRows rows = read(text, zipped);
        assertThat(rows.size()).isEqualTo(2);
        assertThat(rows.user(0)).isZero();
        assertThat(rows.positive(0)).isEqualTo(1);
        assertThat(rows.positive(1)).isEqualTo(-1);
        assertThat(rows.mostNegatives()).isEqualTo(2);
        assertThat(rows.unknownUsers()).isEqualTo(1);
      }
    }
  }

  @Test
  void malformedLinesAreNamed() {
    assertThatThrownBy(() -> read("007\tb\ta c\n007\tb\n", false))
        .isInstanceOf(TamisException.class)
        .hasMessageContaining("rows.tsv:2: expected user, item and negatives")
        .hasMessageContaining("found 2 fields");
    assertThatThrownBy(() -> read("007\t\ta c\n", false)).hasMessageContaining("one of them empty");
    assertThatThrownBy(() -> read("007\tb\ta\n007\tb\tc\n", false))
        .hasMessageContaining("rows.tsv:2: user '007' has a row already");
    assertThatThrownBy(() -> read("nobody\tb\ta\n", false))
        .hasMessageContaining("none of its 1 rows is of a user of the training data");
  }

  @Test
  void fileThatCannotBeReadIsNamedOnceWithTheReason() {
    Path missing = directory.resolve("missing.tsv");
    assertThatThrownBy(() -> SampledRowsFile.read(missing, IdMap.of("x"), IdMap.of("a")))
        .isInstanceOfSatisfying(
            TamisException.class, e -> assertThat(e.kind()).isEqualTo(TamisException.Kind.IO))
        .hasMessageStartingWith(missing + ": cannot be read: there is no such file or directory");
  }

  @Test
  void damageOfTheFileIsNamed() throws IOException {
    assertThatThrownBy(() -> read("x".repeat((1 << 20) + 1), false))
        .hasMessageContaining("rows.tsv:1: a field or line is longer than 1048576 bytes");
    Path file = directory.resolve("latin.tsv");
    Files.write(file, "007\tb\ta\nx\tb\t\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> SampledRowsFile.read(file, IdMap.of("x"), IdMap.of("a")))
        .isInstanceOfSatisfying(
            TamisException.class, e -> assertThat(e.kind()).isEqualTo(TamisException.Kind.BAD_DATA))
        .hasMessageContaining("latin.tsv:2: is not valid UTF-8");
  }

  /** What follows a cut archive would be rows that are not there, and nobody would know. */
  @Test
  void cutArchiveIsRefused() throws IOException {
    read("007\tb\ta c\n".repeat(1) + "x\ta\tb\n", true);
    Path file = directory.resolve("rows.tsv");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 9));
    assertThatThrownBy(() -> SampledRowsFile.read(file, IdMap.of("007"), IdMap.of("a", "b")))
        .isInstanceOf(TamisException.class)
        .hasMessageContaining("rows.tsv");
    byte[] followed = Arrays.copyOf(whole, whole.length + 5);
    Arrays.fill(followed, whole.length, followed.length, (byte) 'x');
    Files.write(file, followed);
    assertThatThrownBy(() -> SampledRowsFile.read(file, IdMap.of("007"), IdMap.of("a", "b")))
        .isInstanceOf(TamisException.class)
        .hasMessageContaining("rows.tsv");
  }

  private SampledRows read(String text, boolean zipped) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var out = zipped ? new GZIPOutputStream(bytes) : bytes) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    Path file = directory.resolve("rows.tsv");
    Files.write(file, bytes.toByteArray());
    return SampledRowsFile.read(file, IdMap.of("007", "x"), IdMap.of("a", "b", "c"));
  }

  private Evaluation evaluate(SampledRows rows, int users, GivenScores scorer, int... cutOffs) {
    Interactions input = Split.of(scorer.itemCount(), new int[users][0]);
    return new SampledEvaluator(input, rows, cutOffs, workers(2)).evaluate(scorer);
  }

  private Workers workers(int threads) {
    started.add(new Workers(threads));
    return started.get(started.size() - 1);
  }

  /** The order of negatives does not count, anything else does. */
  @Test
  void fingerprintTellsRowsApart() {
    int[][] rows = {{0, 1, 2, 3}, {0, 1, 2, 4}, {0, 1, 2}, {0, 2, 1, 3}, {1, 1, 2, 3}};
    List<String> prints = new ArrayList<>();
    for (int[] row : rows) {
      SampledRows one = new SampledRows();
      one.add(row[0], row[1], Arrays.copyOfRange(row, 2, row.length));
      prints.add(one.fingerprint());
    }
    assertThat(prints).doesNotHaveDuplicates();
    SampledRows turned = new SampledRows();
    turned.add(0, 1, 3, 2);
    assertThat(turned.fingerprint()).isEqualTo(prints.get(0));
    turned.add(1, 1, 2);
    assertThat(prints).doesNotContain(turned.fingerprint());
  }
}
