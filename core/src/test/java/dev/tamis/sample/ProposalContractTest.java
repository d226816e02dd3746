package dev.tamis.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tamis.data.Interactions;
import dev.tamis.kernels.Kernels;
import dev.tamis.kernels.Workers;
import dev.tamis.math.ChiSquare;
import dev.tamis.math.Garbage;
import dev.tamis.math.Matrix;
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
import dev.tamis.sample.EnrolledProposals.Enrolled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every proposal keeps, whatever it draws. */
class ProposalContractTest {
  private static final int DIM = EnrolledProposals.DIM;
  private static final Table USERS = Initial.normal(new Table("users", 43, DIM), 4, 0.8);
  private static final int ITEMS = 60;
  private static final int ROWS = 100;
  private static final int WIDTH = EnrolledProposals.WIDTH;

  static Stream<Enrolled> proposals() {
    return EnrolledProposals.ALL.stream();
  }

  /** Those that know the log-probability of a draw. */
  static Stream<Enrolled> exactProposals() {
    Interactions train = data();
    return proposals().filter(enrolled -> enrolled.make().apply(train).exactLogQ());
  }

  /** User 0 has one item, user 1 half of them, user 2 all that were ever seen but five. */
  private static Interactions data() {
    Interactions tail = SmallData.longTailed(40, ITEMS, 20, 3);
    return SmallData.where(
        43,
        ITEMS,
        (u, i) ->
            switch (u) {
              case 0 -> i == 4;
              case 1 -> i % 2 == 0;
              case 2 -> i < ITEMS - 6;
              default -> i < ITEMS - 1 && (tail.contains(u - 3, i) || i == u);
            });
  }

  private static Batch batch(int... users) {
    Batch batch = new Batch(ROWS, ROWS);
    batch.rows = ROWS;
    for (int r = 0; r < ROWS; r++) {
      batch.users[r] = users[r % users.length];
      batch.posStart[r + 1] = r + 1;
      batch.posIds[r] = 0;
    }
    return batch;
  }

  /** A proposal that has taken up a model. */
  private static Proposal refreshed(Enrolled enrolled, Interactions train) {
    return refreshed(enrolled, train, 1);
  }

  /** The same of vectors so many times as long. */
  private static Proposal refreshed(Enrolled enrolled, Interactions train, float times) {
    Proposal proposal = enrolled.make().apply(train);
    Table vectors = Initial.normal(new Table("items", train.itemCount(), DIM), 5, 0.8);
    Kernels.scale(times, vectors.values(), 0, vectors.values().length);
    Table users = Initial.normal(new Table("users", 43, DIM), 4, 0.8);
    Kernels.scale(times, users.values(), 0, users.values().length);
    PairModel model =
        new PairModel(new UserRows(users), new DotScore(new ItemTable(vectors, Optional.empty())));
    try (Workers workers = new Workers(1)) {
      for (int epoch = 0; epoch < 2; epoch++) {
        proposal.refresh(model, 3, epoch, workers);
      }
    }
    return proposal;
  }

  private static float[] query(int user) {
    return Arrays.copyOfRange(USERS.values(), USERS.at(user), USERS.at(user + 1));
  }

  /** [ROWS x DIM] the queries of a batch. */
  private static Matrix queries(Batch batch) {
    Matrix q = new Matrix(ROWS, DIM);
    for (int r = 0; r < ROWS; r++) {
      System.arraycopy(query(batch.users[r]), 0, q.data, q.at(r), DIM);
    }
    return q;
  }

  private static Candidates drawn(Proposal proposal, Batch batch, long step) {
    Candidates c = new Candidates(proposal.layout(), ROWS, WIDTH, 1);
    c.begin(batch);
    proposal.propose(batch, 0, ROWS, queries(batch), c, new Pass(17, 0, step), new Rng());
    return c;
  }

  @ParameterizedTest
  @MethodSource("proposals")
  void probabilitiesSumToOneAndAreZeroForPositivesThatAreNotDrawn(Enrolled enrolled) {
    Interactions train = data();
    Proposal proposal = refreshed(enrolled, train);

    for (int u = 0; u < train.userCount(); u++) {
      double[] p = proposal.probabilities(u, query(u));
      double sum = 0;
      for (int i = 0; i < ITEMS; i++) {
        sum += p[i];
        assertThat(p[i] >= 0).isTrue();
        boolean refused = train.contains(u, i) && !proposal.drawsPositives();
        assertThat(refused && p[i] > 0).as("user %d, item %d", u, i).isFalse();
      }
      assertThat(sum).isBetween(1 - 1e-12, 1 + 1e-12);
    }
  }

  @ParameterizedTest
  @MethodSource("proposals")
  void drawsFollowTheProbabilities(Enrolled enrolled) {
    Proposal proposal = refreshed(enrolled, data());
    for (int user = 0; user < 3; user++) {
      Batch batch = batch(user);
      Candidates c = new Candidates(proposal.layout(), ROWS, WIDTH, 1);
      c.begin(batch);
      Rng rng = new Rng();
      Matrix q = queries(batch);
      long[] counts = new long[ITEMS];
      int draws = user == 1 ? 1_000_000 : 200_000;
      for (int step = 0; step < draws / (ROWS * WIDTH); step++) {
        proposal.propose(batch, 0, ROWS, q, c, new Pass(31, 0, step), rng);
        for (int id : c.ids) {
          counts[id]++;
        }
      }
      ChiSquare.assertFollows(counts, proposal.probabilities(user, query(user)));
    }
  }

  @ParameterizedTest
  @MethodSource("proposals")
  void positivesAreDrawnOnlyByThoseThatSaySo(Enrolled enrolled) {
    Interactions train = data();
    Proposal proposal = refreshed(enrolled, train);
    int[] everybody = new int[train.userCount()];
    for (int u = 0; u < everybody.length; u++) {
      everybody[u] = u;
    }
    Batch batch = batch(everybody);
    int positives = 0;
    for (int step = 0; step < 50; step++) {
      Candidates c = drawn(proposal, batch, step);
      for (int r = 0; r < ROWS; r++) {
        for (int e = c.idsAt(r); e < c.idsAt(r) + WIDTH; e++) {
          positives += train.contains(batch.users[r], c.ids[e]) ? 1 : 0;
        }
      }
    }
    assertThat(positives > 0).isEqualTo(proposal.drawsPositives());
  }

  /**
   * The loop finds a loss that is no number at the end of a step, so drawing must come to an end;
   * and a positive is no negative, whatever the scores.
   */
  @ParameterizedTest
  @MethodSource("proposals")
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void scoresThatAreNoNumbersDrawSomeItem(Enrolled enrolled) {
    Interactions train = data();
    Proposal proposal = refreshed(enrolled, train, 1e30f);
    Batch batch = batch(0, 1, 2);
    for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, 1e30f, -3e38f}) {
      Matrix q = new Matrix(ROWS, DIM);
      Arrays.fill(q.data, value);
      Candidates c = new Candidates(proposal.layout(), ROWS, WIDTH, 1);
      c.begin(batch);
      proposal.propose(batch, 0, ROWS, q, c, new Pass(17, 0, 1), new Rng());
      assertThat(Arrays.stream(c.ids)).allMatch(id -> id >= 0 && id < ITEMS);
      for (int r = 0; r < ROWS && !proposal.drawsPositives(); r++) {
        for (int e = c.idsAt(r); e < c.idsAt(r) + WIDTH; e++) {
          assertThat(train.contains(batch.users[r], c.ids[e])).isFalse();
        }
      }
    }
  }

  /** One that says it does not know must not look as if it did. */
  @ParameterizedTest
  @MethodSource("proposals")
  void posLogQIsNotANumberWhereProbabilitiesAreNotKnown(Enrolled enrolled) {
    Proposal proposal = refreshed(enrolled, data());
    Candidates c = drawn(proposal, batch(0, 1), 5);
    for (int r = 0; r < ROWS; r++) {
      assertThat(Float.isNaN(c.posLogQ[r])).isEqualTo(!proposal.exactLogQ());
    }
    for (float logQ : c.logQ) {
      assertThat(Float.isNaN(logQ)).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("exactProposals")
  void logQIsTheLogProbabilityUpToAConstantOfTheUser(Enrolled enrolled) {
    Proposal proposal = refreshed(enrolled, data());
    for (int user = 0; user < 3; user++) {
      double[] p = proposal.probabilities(user, query(user));
      Candidates c = drawn(proposal, batch(user), 5);
      double constant = Math.log(p[c.ids[0]]) - c.logQ[0];
      for (int e = 0; e < c.ids.length; e++) {
        assertThat(Math.abs(Math.log(p[c.ids[e]]) - c.logQ[e] - constant)).isLessThan(1e-6);
      }
    }
  }

  /** A positive has the log-probability that its item has where it is drawn. */
  @ParameterizedTest
  @MethodSource("exactProposals")
  void posLogQIsTheLogQOfTheSameItem(Enrolled enrolled) {
    Proposal proposal = refreshed(enrolled, data());
    Batch batch = batch(0);
    for (int r = 0; r < ROWS; r++) {
      batch.posIds[r] = r % (ITEMS - 1);
    }
    Candidates c = drawn(proposal, batch, 5);
    int compared = 0;
    for (int e = 0; e < c.ids.length; e++) {
      for (int r = 0; r < ROWS; r++) {
        if (c.ids[e] == batch.posIds[r]) {
          assertThat(c.posLogQ[r]).isEqualTo(c.logQ[e]);
          compared++;
        }
      }
    }
    assertThat(compared).isPositive();
  }

  /** Who draws by the query says so, and is not asked to by a score that is no inner product. */
  @ParameterizedTest
  @MethodSource("proposals")
  void onlyProposalsThatNeedInnerProductsLookAtTheQuery(Enrolled enrolled) {
    Proposal proposal = refreshed(enrolled, data());
    boolean looks =
        !Arrays.equals(proposal.probabilities(0, query(0)), proposal.probabilities(0, query(1)));

    assertThat(proposal.needsInnerProducts()).isEqualTo(looks);
  }

  @ParameterizedTest
  @MethodSource("proposals")
  void drawsDoNotDependOnTheRangesAskedFor(Enrolled enrolled) {
    Proposal proposal = refreshed(enrolled, data());
    Batch batch = batch(2, 0, 1, 7);
    Candidates whole = drawn(proposal, batch, 9);
    Candidates parts = new Candidates(proposal.layout(), ROWS, WIDTH, 1);
    parts.begin(batch);
    for (int shard : new int[] {3, 0, 6, 5, 1, 2, 4}) {
      proposal.propose(
          batch,
          ROWS * shard / 7,
          ROWS * (shard + 1) / 7,
          queries(batch),
          parts,
          new Pass(17, 0, 9),
          new Rng());
    }
    assertThat(parts.ids).isEqualTo(whole.ids);
    assertThat(parts.logQ).isEqualTo(whole.logQ);
  }

  @ParameterizedTest
  @MethodSource("proposals")
  void stepsDrawAfresh(Enrolled enrolled) {
    Proposal proposal = refreshed(enrolled, data());
    Batch batch = batch(0, 1);

    assertThat(drawn(proposal, batch, 1).ids).isNotEqualTo(drawn(proposal, batch, 2).ids);
    assertThat(drawn(proposal, batch, 1).ids).isEqualTo(drawn(proposal, batch, 1).ids);
  }

  @ParameterizedTest
  @MethodSource("proposals")
  void drawingAllocatesNothingOnceWarm(Enrolled enrolled) throws InterruptedException {
    Proposal proposal = refreshed(enrolled, data());
    Batch batch = batch(0, 1, 2, 3);
    Candidates c = new Candidates(proposal.layout(), ROWS, WIDTH, 1);
    c.begin(batch);
    Matrix q = queries(batch);
    Rng rng = new Rng();
    Pass pass = new Pass(17, 0, 9);
    WarmAllocation.assertNone(() -> proposal.propose(batch, 0, ROWS, q, c, pass, rng));
  }

  /** A service trains again and again on one thread, which must not keep what is done with. */
  @ParameterizedTest
  @MethodSource("proposals")
  void nothingStaysWithTheThreadThatDrew(Enrolled enrolled) throws InterruptedException {
    Garbage.assertThatOf(
        () -> {
          Interactions train = data();
          Proposal proposal = refreshed(enrolled, train);
          Batch batch = batch(0, 1, 2);
          drawn(proposal, batch, 1);
          proposal.probabilities(1, query(1));
          proposal.trials(1, query(1));
          return List.of(proposal, train);
        });
  }

  /** A proposal that is not enrolled above is not tested. */
  @Test
  void everyProposalIsEnrolled() throws IOException {
    Interactions train = data();
    List<String> enrolled =
        Stream.concat(EnrolledProposals.ALL.stream(), EnrolledProposals.IN_BATCH.stream())
            .map(e -> e.make().apply(train).getClass().getSimpleName())
            .toList();
    try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/tamis/sample/proposal"))) {
      List<String> proposals =
          files
              .map(file -> file.getFileName().toString().replace(".java", ""))
              .filter(name -> name.endsWith("Proposal"))
              .toList();
      assertThat(proposals).isNotEmpty();
      assertThat(enrolled)
          .as("add a line to Samplers, or to EnrolledProposals, for each proposal")
          .containsAll(proposals);
    }
  }
}
