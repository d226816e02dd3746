package dev.tamis.sample.refine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tamis.math.Garbage;
import dev.tamis.math.Rng;
import dev.tamis.math.WarmAllocation;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Initial;
import dev.tamis.model.ItemTable;
import dev.tamis.model.PairModel;
import dev.tamis.model.Pass;
import dev.tamis.model.Table;
import dev.tamis.model.score.DotScore;
import dev.tamis.model.tower.UserRows;
import dev.tamis.sample.ItemCache;
import dev.tamis.sample.Refiner;
import dev.tamis.sample.ScoreHistory;
import dev.tamis.sample.ScoreSamples;
import dev.tamis.sample.UserMemories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every refiner keeps, whatever it says of candidates. */
class RefinerContractTest {
  private static final int USERS = 5;
  private static final int ITEMS = 40;
  private static final int ROWS = 12;
  private static final int WIDTH = 8;

  static Stream<Named<Supplier<Refiner>>> refiners() {
    return Stream.<Supplier<Refiner>>of(
            () -> new CacheRenewal(new ItemCache(ITEMS, 6, ItemCache.Refresh.PAPER, 1), 3),
            () -> new FirstViolator(1, ITEMS, WIDTH),
            () -> new ImportanceWeights(true, false),
            () -> new MemoryRenewal(new UserMemories(USERS, 3, ROWS), 0.5),
            () -> new Resample(3),
            () ->
                new SampledRankWeight(
                    new ScoreSamples(USERS, 7), ITEMS, SampledRankWeight.End.HIGHEST),
            TopScored::new,
            () -> new VarianceBonus(history(), WIDTH, 2, 1),
            () -> new ViolationRankWeight(1, ITEMS, WIDTH))
        .map(make -> Named.of(make.get().getClass().getSimpleName(), make));
  }

  private static ScoreHistory history() {
    ScoreHistory history = new ScoreHistory(USERS, ITEMS, 4, false, 3);
    for (long seed = 1; seed <= 2; seed++) {
      Table users = Initial.normal(new Table("users", USERS, 4), seed, 1);
      Table items = Initial.normal(new Table("items", ITEMS, 4), seed, 1);
      ItemTable table = new ItemTable(items, Optional.empty());
      history.take(new PairModel(new UserRows(users), new DotScore(table)));
    }
    return history;
  }

  /** Rows with candidates and scores. */
  private static final class Block {
    private final Batch batch = new Batch(ROWS, ROWS);
    private final Candidates c = new Candidates(Candidates.Layout.PER_ROW, ROWS, WIDTH);
    private final Pass pass = new Pass(3, 9, 1);
    private final Rng rng = new Rng();

    Block() {
      batch.rows = ROWS;
      for (int r = 0; r < ROWS; r++) {
        batch.users[r] = r % USERS;
        batch.posStart[r + 1] = r + 1;
        batch.posIds[r] = r % ITEMS;
      }
      c.begin(batch);
      c.weighted = true;
      reset();
      for (int e = 0; e < ROWS * WIDTH; e++) {
        c.ids[e] = e * 7 % ITEMS;
      }
    }

    /** Scores are refilled, and weights all 1: whole numbers, as some refiners need. */
    void reset() {
      Arrays.fill(c.rowWeight, 1);
      Arrays.fill(c.weight, 1);
      for (int e = 0; e < ROWS * WIDTH; e++) {
        c.score[e] = (e * 5 % 11) / 4f - 1;
      }
    }

    void refine(Refiner refiner) {
      refiner.refine(batch, c, 0, ROWS, pass, rng);
    }
  }

  /** A service trains again and again on one thread, which must not keep what is done with. */
  @ParameterizedTest
  @MethodSource("refiners")
  void nothingStaysWithTheThreadThatRefined(Supplier<Refiner> make) throws InterruptedException {
    Garbage.assertThatOf(
        () -> {
          Refiner refiner = make.get();
          new Block().refine(refiner);
          return List.of(refiner);
        });
  }

  @ParameterizedTest
  @MethodSource("refiners")
  void refiningAllocatesNothingOnceWarm(Supplier<Refiner> make) throws InterruptedException {
    Refiner refiner = make.get();
    Block block = new Block();
    WarmAllocation.assertNone(
        () -> {
          block.reset();
          block.refine(refiner);
        });
  }

  /** A refiner that is not listed above is not tested. */
  @Test
  void everyRefinerIsListed() throws IOException {
    List<String> listed =
        refiners().map(make -> make.getPayload().get().getClass().getSimpleName()).toList();
    try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/tamis/sample/refine"))) {
      List<String> refiners =
          files
              .map(file -> file.getFileName().toString().replace(".java", ""))
              .filter(name -> !name.equals("package-info"))
              .toList();
      assertThat(refiners).isNotEmpty();
      assertThat(listed).as("add a line above for each refiner").containsAll(refiners);
    }
  }
}
