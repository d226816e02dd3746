package dev.tamis.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Initial;
import dev.tamis.model.ItemTable;
import dev.tamis.model.PairModel;
import dev.tamis.model.Pass;
import dev.tamis.model.Table;
import dev.tamis.model.score.DotScore;
import dev.tamis.model.tower.UserRows;
import dev.tamis.sample.proposal.ClusterProposal;
import dev.tamis.sample.proposal.FactorRankProposal;
import dev.tamis.sample.proposal.MidxProposal;
import dev.tamis.sample.proposal.PopularityProposal;
import dev.tamis.sample.proposal.UniformProposal;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The stated mean of trials is that of the draws themselves. Trials are counted by the random
 * numbers that a row of draws has taken, of which each trial takes as many as the other.
 */
class TrialsTest {
  private static final int ITEMS = 60;
  private static final int DIM = 16;
  private static final int DRAWS = 200;
  private static final int STEPS = 300;

  /** A proposal that draws again, with the numbers it takes a draw, and a trial of that draw. */
  enum Rejecting {
    UNIFORM(t -> new UniformProposal(new PositiveSets(t)), 0, 1),
    POPULARITY(t -> new PopularityProposal(t, new PositiveSets(t), Popularity.COUNT), 0, 2),
    CLUSTERS(
        t ->
            new ClusterProposal(
                t,
                new PositiveSets(t),
                Arrays.stream(t.itemCounts()).mapToDouble(c -> Math.max(1, c)).toArray(),
                8,
                DIM),
        1,
        2),
    MULTI_INDEX(t -> MidxProposal.residual(new PositiveSets(t), 5, DIM), 0, 2),
    FACTOR_RANKS(t -> new FactorRankProposal(t, new PositiveSets(t), 8, DIM, false, 0), 0, 3);

    private final Function<Interactions, Proposal> make;
    private final int numbersOfDraw;
    private final int numbersOfTrial;

    Rejecting(Function<Interactions, Proposal> make, int numbersOfDraw, int numbersOfTrial) {
      this.make = make;
      this.numbersOfDraw = numbersOfDraw;
      this.numbersOfTrial = numbersOfTrial;
    }
  }

  @ParameterizedTest
  @EnumSource
  void statedTrialsAreThoseOfTheDraws(Rejecting proposal) {
    Interactions tail = SmallData.longTailed(40, ITEMS, 20, 3);
    Interactions train =
        SmallData.where(
            42,
            ITEMS,
            (u, i) -> u == 0 ? i == 4 : u == 1 ? i < ITEMS - 20 : tail.contains(u - 2, i));
    Table users = Initial.normal(new Table("users", train.userCount(), DIM), 4, 0.8);
    Table items = Initial.normal(new Table("items", ITEMS, DIM), 5, 0.8);
    PairModel model =
        new PairModel(new UserRows(users), new DotScore(new ItemTable(items, Optional.empty())));
    Proposal drawing = proposal.make.apply(train);
    try (Workers workers = new Workers(1)) {
      drawing.refresh(model, 3, 1, workers);
    }

    for (int user = 0; user < 10; user++) {
      float[] query = Arrays.copyOfRange(users.values(), users.at(user), users.at(user + 1));
      double counted = counted(proposal, drawing, user, query);
      double stated = drawing.trials(user, query);
      // A geometric number spreads by less than its mean, so this is six standard errors.
      double room = 6 * stated / Math.sqrt(DRAWS * STEPS);
      assertThat(counted).as("user %d", user).isBetween(stated - room, stated + room);
    }
  }

  /** The mean of trials over many draws for one user. */
  private static double counted(Rejecting of, Proposal drawing, int user, float[] query) {
    Batch batch = new Batch(1, 1);
    batch.rows = 1;
    batch.users[0] = user;
    batch.posStart[1] = 1;
    Matrix q = new Matrix(1, DIM);
    System.arraycopy(query, 0, q.data, 0, DIM);
    Candidates c = new Candidates(Candidates.Layout.PER_ROW, 1, DRAWS);
    c.begin(batch);
    Rng rng = new Rng();
    long trials = 0;
    for (int step = 0; step < STEPS; step++) {
      drawing.propose(batch, 0, 1, q, c, new Pass(7, 0, step), rng);
      long numbers = taken(rng, Rng.keyed(7, Stream.NEGATIVES, step, 0));
      trials += (numbers - (long) DRAWS * of.numbersOfDraw) / of.numbersOfTrial;
    }
    return (double) trials / (DRAWS * STEPS);
  }

  /** How many numbers a generator has taken since it was pointed at the start of {@code same}. */
  private static long taken(Rng rng, Rng same) {
    long next = rng.nextLong();
    long taken = 0;
    while (same.nextLong() != next) {
      taken++;
    }
    return taken;
  }
}
