package dev.tamis.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.config.TamisException;
import dev.tamis.kernels.Workers;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecommenderTest {
  private final List<Workers> started = new ArrayList<>();

  @AfterEach
  void closeWorkers() {
    started.forEach(Workers::close);
  }

  @Test
  void equalsASortWhateverTheBlocksTilesAndThreads() {
    int users = 37;
    int items = 211;
    for (int kinds : new int[] {1, 2, 7, 1 << 20}) { // the fewer kinds of scores, the more ties
      GivenScores scorer = GivenScores.random(users, items, kinds, kinds);
      QueryBlock queries = queries(users, items, kinds);
      for (int k : new int[] {1, 10, 50, items, items + 9}) {
        int[][] expected = new int[users][];
        for (int u = 0; u < users; u++) {
          expected[u] = sorted(scorer, queries, u, k);
        }
        for (int rows : new int[] {1, 7, 512}) {
          for (int tile : new int[] {1, 13, 1024}) {
            for (int threads = 1; threads <= 3; threads++) {
              Ranked out = new Ranked(users, k);
              new Recommender(scorer, workers(threads), rows, tile).recommend(queries, out);
              for (int u = 0; u < users; u++) {
                assertThat(out.itemsOf(u))
                    .as("kinds %d k %d rows %d tile %d threads %d", kinds, k, rows, tile, threads)
                    .isEqualTo(expected[u]);
                for (int i = 0; i < out.counts[u]; i++) {
                  assertThat(out.scores[u * k + i]).isEqualTo(scorer.score(u, expected[u][i]) + 0f);
                }
              }
            }
          }
        }
      }
    }
  }

  @Test
  void thresholdNeverLosesATieToABetterItemNumber() {
    float[] ascending = new float[5000];
    for (int i = 0; i < ascending.length; i++) {
      ascending[i] = i / 100; // a hundred equal scores at a time, ever better
    }
    GivenScores scorer = new GivenScores(1, ascending);
    assertThat(top(scorer, 150).itemsOf(0))
        .isEqualTo(
            IntStream.concat(IntStream.range(4900, 5000), IntStream.range(4800, 4850)).toArray());
  }

  @Test
  void minusZeroAndZeroAreATie() {
    GivenScores scorer = new GivenScores(1, -0f, 0f, -0f, Float.MIN_VALUE, -Float.MIN_VALUE);
    assertThat(top(scorer, 5).itemsOf(0)).containsExactly(3, 0, 1, 2, 4);
  }

  @Test
  void itemsScoredMinusInfinityStillFillTheList() {
    float no = Float.NEGATIVE_INFINITY;
    GivenScores scorer = new GivenScores(1, no, 1, no, 5, no);
    Ranked out = new Recommender(scorer, workers(1)).recommend(Query.ofHistory(2), 4);
    assertThat(out.itemsOf(0)).containsExactly(3, 1, 0, 4);
    assertThat(out.scores).containsExactly(5, 1, no, no);
  }

  @Test
  void plusInfinityRanksFirst() {
    GivenScores scorer = new GivenScores(1, 1, Float.POSITIVE_INFINITY, Float.MAX_VALUE);
    assertThat(top(scorer, 2).itemsOf(0)).containsExactly(1, 2);
  }

  @Test
  void nothingEligibleGivesAnEmptyList() {
    GivenScores scorer = new GivenScores(1, 1, 2, 3);
    Recommender recommender = new Recommender(scorer, workers(2));
    Ranked out = recommender.recommend(Query.ofHistory(0, 1, 2), 2);
    assertThat(out.counts[0]).isZero();
    assertThat(out.items).containsExactly(-1, -1);
    assertThat(recommender.recommend(Query.ofHistory().among(), 2).counts[0]).isZero();
  }

  @Test
  void historyExcludeAndAllowDecideWhatIsEligible() {
    Recommender recommender = new Recommender(new GivenScores(1, 5, 4, 3, 2, 1), workers(1));
    Query query = Query.ofHistory(1, 0, 1);
    assertThat(recommender.recommend(query, 9).itemsOf(0)).containsExactly(2, 3, 4);
    assertThat(recommender.recommend(query.answeringHistory(), 9).itemsOf(0))
        .containsExactly(0, 1, 2, 3, 4);
    assertThat(recommender.recommend(query.excluding(3), 9).itemsOf(0)).containsExactly(2, 4);
    assertThat(recommender.recommend(query.among(4, 0, 3), 9).itemsOf(0)).containsExactly(3, 4);
    assertThat(recommender.recommend(query.among(4, 3).excluding(3), 9).itemsOf(0))
        .containsExactly(4);
    assertThatThrownBy(() -> recommender.recommend(query.excluding(5), 9))
        .hasMessageContaining("item number 5 is not among the 5 items");
  }

  @Test
  void whatIsSaidOfEligibilityAddsUp() {
    Recommender recommender = new Recommender(new GivenScores(1, 5, 4, 3, 2, 1), workers(1));
    Query all = Query.ofHistory();
    assertThat(recommender.recommend(all.excluding(0).excluding(2), 9).itemsOf(0))
        .containsExactly(1, 3, 4);
    assertThat(recommender.recommend(all.among(0, 1, 2).among(4, 2, 1), 9).itemsOf(0))
        .containsExactly(1, 2);
  }

  @Test
  void itemsThatThereAreNotAreRefusedInEveryQuery() {
    Recommender recommender = new Recommender(new GivenScores(1, 5, 4, 3, 2, 1), workers(1));
    Query unknown = Query.ofHistory(-1, 2);
    for (Query query : List.of(unknown, unknown.answeringHistory())) {
      assertThatThrownBy(() -> recommender.recommend(query, 3))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("item number -1 is not among the 5 items");
    }
  }

  @Test
  void placesAreTakenForTheCatalogueAtMost() {
    Recommender recommender = new Recommender(new GivenScores(1, 5, 4, 3, 2, 1), workers(1));
    Ranked out = recommender.recommend(Query.ofHistory(), Integer.MAX_VALUE);
    assertThat(out.itemsOf(0)).containsExactly(0, 1, 2, 3, 4);
    assertThatThrownBy(() -> recommender.recommend(Query.ofHistory(), 0))
        .hasMessageContaining("k must be at least 1");
  }

  @Test
  void oneQueryGetsWhatItGetsInABatch() {
    int users = 20;
    GivenScores scorer = GivenScores.random(users, 300, 40, 3);
    QueryBlock queries = queries(users, 300, 5);
    Recommender recommender = new Recommender(scorer, workers(2));
    Ranked batch = new Ranked(users, 25);
    recommender.recommend(queries, batch);
    for (int u = 0; u < users; u++) {
      int[] history =
          Arrays.copyOfRange(queries.history, queries.historyStart[u], queries.historyStart[u + 1]);
      Ranked one = recommender.recommend(Query.ofUser(u, history), 25);
      assertThat(one.itemsOf(0)).isEqualTo(batch.itemsOf(u));
      assertThat(one.scores)
          .isEqualTo(Arrays.copyOfRange(batch.scores, u * batch.k, (u + 1) * batch.k));
    }
  }

  @Test
  void scratchIsGoodForAnotherK() {
    Recommender recommender = new Recommender(GivenScores.random(9, 60, 30, 1), workers(2));
    QueryBlock queries = queries(9, 60, 2);
    Ranked three = new Ranked(9, 3);
    Ranked forty = new Ranked(9, 40);
    recommender.recommend(queries, three);
    recommender.recommend(queries, forty);
    Ranked again = new Ranked(9, 3);
    recommender.recommend(queries, again);
    for (int u = 0; u < 9; u++) {
      assertThat(three.itemsOf(u)).isEqualTo(Arrays.copyOf(forty.itemsOf(u), three.counts[u]));
      assertThat(again.itemsOf(u)).isEqualTo(three.itemsOf(u));
    }
  }

  @Test
  void nanIsRefusedByTheItemThatHasIt() {
    GivenScores scorer = new GivenScores(1, 1, 2, Float.NaN, 3);
    assertThatThrownBy(() -> top(scorer, 2))
        .isInstanceOfSatisfying(
            TamisException.class, e -> assertThat(e.kind()).isEqualTo(TamisException.Kind.BAD_DATA))
        .hasMessageContaining("item number 2")
        .hasMessageContaining("NaN");
    // What is excluded is not ranked, so its score does not matter.
    Ranked out = new Recommender(scorer, workers(1)).recommend(Query.ofHistory(2), 2);
    assertThat(out.itemsOf(0)).containsExactly(3, 1);
  }

  @Test
  void historyAloneIsRefusedWhereOnlyTrainedUsersAreRanked() {
    GivenScores scorer = new GivenScores(1, 1, 2).trainedUsersOnly();
    assertThatThrownBy(() -> new Recommender(scorer, workers(1)).recommend(Query.ofHistory(0), 1))
        .isInstanceOf(TamisException.class)
        .hasMessageContaining("only users it was trained on");
  }

  @Test
  void queriesSortAndDeduplicateWhatTheyAreGiven() {
    Query query = new Query(3, new int[] {4, 1, 4}, false, new int[] {2, 2}, Optional.empty());
    assertThat(query.history()).containsExactly(1, 4);
    assertThat(query.excluded(6)).containsExactly(1, 2, 4);
    assertThat(query.among(5, 1).excluded(6)).containsExactly(0, 1, 2, 3, 4);
  }

  private Ranked top(GivenScores scorer, int k) {
    return new Recommender(scorer, workers(1)).recommend(Query.ofUser(0, new int[0]), k);
  }

  private Workers workers(int threads) {
    started.add(new Workers(threads));
    return started.get(started.size() - 1);
  }

  /** Histories of all sizes: nothing, a few, everything. */
  private static QueryBlock queries(int users, int items, long seed) {
    QueryBlock queries = new QueryBlock(users);
    Rng rng = Rng.keyed(seed, Stream.ORDER, 0, 0);
    for (int u = 0; u < users; u++) {
      float share = u == 0 ? 0 : u == 1 ? 1 : rng.nextFloat();
      int[] history = IntStream.range(0, items).filter(i -> rng.nextFloat() < share).toArray();
      queries.append(u, history, 0, history.length);
    }
    return queries;
  }

  private static int[] sorted(GivenScores scorer, QueryBlock queries, int user, int k) {
    List<Integer> eligible = new ArrayList<>();
    for (int i = 0; i < scorer.itemCount(); i++) {
      if (Arrays.binarySearch(
              queries.history, queries.historyStart[user], queries.historyStart[user + 1], i)
          < 0) {
        eligible.add(i);
      }
    }
    // A stable sort by descending score leaves ties in the order of item numbers.
    eligible.sort((a, b) -> Float.compare(scorer.score(user, b) + 0f, scorer.score(user, a) + 0f));
    return eligible.stream().limit(k).mapToInt(Integer::intValue).toArray();
  }
}
