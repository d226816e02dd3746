package dev.tamis.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.math.ChiSquare;
import dev.tamis.model.Initial;
import dev.tamis.model.ItemTable;
import dev.tamis.model.PairModel;
import dev.tamis.model.Table;
import dev.tamis.model.score.DistanceScore;
import dev.tamis.model.score.DotScore;
import dev.tamis.model.tower.UserRows;
import dev.tamis.sample.proposal.UserPoolProposal;
import dev.tamis.sample.proposal.UserPoolProposal.Number;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserPoolProposalTest {
  /** Uniform, or by popularities that differ. */
  private static ItemDistribution source(boolean uniform, int items) {
    Interactions train = SmallData.where(items, items, (u, i) -> u <= i * 7 % items);
    return uniform
        ? ItemDistribution.uniform(items)
        : ItemDistribution.byPopularity(train, Popularity.COUNT);
  }

  private static UserPoolProposal proposal(
      int users, ItemDistribution source, int candidates, int pool, Number number) {
    return new UserPoolProposal(users, source, candidates, pool, number, Optional.empty());
  }

  /** Three items, two candidates, one slot: all that can happen, added up. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPoolFollowsTheLawThatIsEnumerated(boolean uniform) {
    float[] scores = {0.3f, 1.4f, -0.9f};
    ItemDistribution source = source(uniform, 3);
    double[] q = new double[3];
    for (int i = 0; i < 3; i++) {
      q[i] = uniform ? 1.0 / 3 : (i + 1) / 6.0;
      assertThat((double) source.logProbability(i)).isCloseTo(Math.log(q[i]), within(1e-6));
    }
    double[] law = new double[3];
    for (int a = 0; a < 3; a++) {
      for (int b = 0; b < 3; b++) {
        double weightOfA = Math.exp(scores[a]) / q[a];
        double weightOfB = Math.exp(scores[b]) / q[b];
        law[a] += q[a] * q[b] * weightOfA / (weightOfA + weightOfB);
        law[b] += q[a] * q[b] * weightOfB / (weightOfA + weightOfB);
      }
    }
    int users = 200_000;
    UserPoolProposal proposal = proposal(users, source, 2, 1, Number.SCORE);
    PoolSettings.refresh(proposal, PoolSettings.model(users, scores), 0, 2);

    ChiSquare.assertFollows(PoolSettings.counts(PoolSettings.slots(proposal), 3), law);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void poolsComeNearerToTheSoftmaxTheMoreCandidatesThereAre(boolean uniform) {
    float[] scores = PoolSettings.scores(50, 3);
    ItemDistribution source = source(uniform, 50);
    double[] softmax = PoolSettings.softmax(scores);
    int[] candidates = {25, 100, 400, 2000};
    double[] distance = new double[4];
    for (int k = 0; k < 4; k++) {
      int users = k < 3 ? 20_000 : 5_000;
      UserPoolProposal proposal = proposal(users, source, candidates[k], 200, Number.SCORE);
      PoolSettings.refresh(proposal, PoolSettings.model(users, scores), 0, 2);
      long[] counts = PoolSettings.counts(PoolSettings.slots(proposal), 50);
      for (int i = 0; i < 50; i++) {
        distance[k] += Math.abs(counts[i] / (200.0 * users) - softmax[i]) / 2;
      }
    }

    assertThat(distance[1]).isLessThan(distance[0]);
    assertThat(distance[2]).isLessThan(distance[1]);
    assertThat(distance[3]).isLessThan(0.02);
    assertThat(distance[0]).as("of few candidates").isGreaterThan(0.02);
  }

  /** The first model likes even items only, the second odd ones. */
  @Test
  void laterASlotIsOldOrNewWithTheSameChance() {
    int items = 40;
    int users = 3000;
    float[] even = new float[items];
    float[] odd = new float[items];
    for (int i = 0; i < items; i++) {
      even[i] = i % 2 == 0 ? 60 : -60;
      odd[i] = i % 2 == 0 ? -80 : 80;
    }
    UserPoolProposal proposal =
        proposal(users, ItemDistribution.uniform(items), 50, 20, Number.SCORE);
    long[] slots = PoolSettings.slots(proposal);
    java.util.Arrays.fill(slots, UserPools.slot(7, 5)); // must go in the first epoch
    PoolSettings.refresh(proposal, PoolSettings.model(users, even), 0, 2);
    for (long slot : slots) {
      assertThat(UserPools.item(slot) % 2).isZero();
      assertThat(UserPools.number(slot)).isEqualTo(60);
    }
    PoolSettings.refresh(proposal, PoolSettings.model(users, odd), 1, 2);
    long old = 0;
    for (long slot : slots) {
      boolean kept = UserPools.item(slot) % 2 == 0;
      old += kept ? 1 : 0;
      assertThat(UserPools.number(slot)).as("goes with its item").isEqualTo(kept ? 60 : 80);
    }
    double deviation = Math.sqrt(slots.length * 0.25);
    assertThat((double) old).isCloseTo(slots.length / 2.0, within(4.9 * deviation));
  }

  /** From one epoch to the next pools of 2 slots keep 0, 1 or 2 old ones, each slot by itself. */
  @Test
  void slotsOfAPoolAreChosenApart() {
    int users = 50_000;
    UserPoolProposal proposal = proposal(users, ItemDistribution.uniform(2), 30, 2, Number.SCORE);
    PoolSettings.refresh(proposal, PoolSettings.model(users, 90, -90), 0, 1);
    PoolSettings.refresh(proposal, PoolSettings.model(users, -90, 90), 1, 1);
    long[] kept = new long[3];
    long[] slots = PoolSettings.slots(proposal);
    for (int u = 0; u < users; u++) {
      kept[2 - UserPools.item(slots[2 * u]) - UserPools.item(slots[2 * u + 1])]++;
    }
    ChiSquare.assertFollows(kept, new double[] {0.25, 0.5, 0.25});
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void numbersAreThoseOfTheDraw(boolean uniform) {
    int users = 70;
    float[] scores = PoolSettings.scores(12, 4);
    ItemDistribution source = source(uniform, 12);
    long[][] slots = new long[3][];
    for (Number number : Number.values()) {
      UserPoolProposal proposal = proposal(users, source, 9, 25, number);
      PoolSettings.refresh(proposal, PoolSettings.model(users, scores), 0, 1);
      slots[number.ordinal()] = PoolSettings.slots(proposal);
    }
    for (int u = 0; u < users; u++) {
      double constant = Double.NaN;
      for (int s = u * 25; s < (u + 1) * 25; s++) {
        int item = UserPools.item(slots[0][s]);
        assertThat(UserPools.item(slots[1][s])).isEqualTo(item);
        assertThat(UserPools.item(slots[2][s])).isEqualTo(item);
        float logWeight = UserPools.number(slots[0][s]);
        assertThat(UserPools.number(slots[1][s])).isEqualTo(-logWeight);
        assertThat(UserPools.number(slots[2][s])).isEqualTo(scores[item]);
        double offset = logWeight - (scores[item] - source.logProbability(item));
        constant = Double.isNaN(constant) ? offset : constant;
        assertThat(offset).as("one normaliser a user").isCloseTo(constant, within(1e-5));
        assertThat(logWeight).isNegative();
      }
    }
  }

  @Test
  void candidatesOfTheSameItemShareItsWeight() {
    UserPoolProposal proposal = proposal(5, ItemDistribution.uniform(1), 8, 3, Number.LOG_WEIGHT);
    PoolSettings.refresh(proposal, PoolSettings.model(5, 2.5f), 0, 1);

    for (long slot : PoolSettings.slots(proposal)) {
      assertThat((double) UserPools.number(slot)).isCloseTo(-Math.log(8), within(1e-6));
    }
  }

  /** Whatever the score is, and however many users are scored together. */
  @ParameterizedTest
  @CsvSource({"true, 30", "false, 30", "false, 1", "true, 3000"})
  void poolsDoNotDependOnThreadsAndComeFromTheScoreOfTheModel(boolean dot, int candidates) {
    int users = 150;
    Table queries = Initial.normal(new Table("users", users, 16), 4, 0.8);
    ItemTable items =
        new ItemTable(Initial.normal(new Table("items", 60, 16), 5, 0.8), Optional.empty());
    PairModel model =
        new PairModel(new UserRows(queries), dot ? new DotScore(items) : new DistanceScore(items));
    long[][] slots = new long[3][];
    for (int threads = 1; threads <= 3; threads++) {
      UserPoolProposal proposal =
          proposal(users, ItemDistribution.uniform(60), candidates, 20, Number.SCORE);
      PoolSettings.refresh(proposal, model, 0, threads);
      PoolSettings.refresh(proposal, model, 1, threads);
      slots[threads - 1] = PoolSettings.slots(proposal);
    }

    assertThat(slots[1]).isEqualTo(slots[0]);
    assertThat(slots[2]).isEqualTo(slots[0]);
    for (int s = 0; s < slots[0].length; s++) {
      int user = s / 20;
      int item = UserPools.item(slots[0][s]);
      double score = 0;
      for (int k = 0; k < 16; k++) {
        double x = queries.values()[user * 16 + k];
        double y = items.vectors().values()[item * 16 + k];
        score += dot ? x * y : -(x - y) * (x - y);
      }
      assertThat((double) UserPools.number(slots[0][s])).isCloseTo(score, within(1e-4));
    }
  }

  @Test
  void poolsThatNoArrayHoldsAreRefused() {
    ItemDistribution source = ItemDistribution.uniform(10);

    assertThatThrownBy(() -> proposal(3_000_000, source, 200, 1000, Number.SCORE))
        .isInstanceOf(TamisException.class)
        .hasMessageStartingWith("pools of all users: 1000 x 3000000 are more than")
        .hasMessageEndingWith("at most 715 x 3000000; make pool smaller");
    assertThatThrownBy(() -> new ScoreSamples(3_000_000, 1000))
        .isInstanceOf(TamisException.class)
        .hasMessageStartingWith("scores of candidates of all users: 1000 x 3000000 are more than")
        .hasMessageEndingWith("at most 715 x 3000000; make candidates smaller");
  }
}
