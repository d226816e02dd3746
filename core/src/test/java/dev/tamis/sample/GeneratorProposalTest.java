package dev.tamis.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.math.ChiSquare;
import dev.tamis.model.Initial;
import dev.tamis.model.ItemTable;
import dev.tamis.model.PairModel;
import dev.tamis.model.Table;
import dev.tamis.model.score.DotScore;
import dev.tamis.model.tower.UserRows;
import dev.tamis.sample.proposal.GeneratorProposal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GeneratorProposalTest {
  private static final int USERS = 5000;
  private static final int ITEMS = 30;
  private static final double TEMPERATURE = 0.2;

  private static final Interactions TRAIN = SmallData.where(USERS, ITEMS, (u, i) -> i % 2 == 0);

  private static final Table BIAS = Initial.normal(new Table("b", ITEMS, 1), 1, 0.3);

  /** All users have the same scores: the biases, and what item 4 gets from a vector. */
  private static PairModel generator() {
    Table users = new Table("users", USERS, 1);
    java.util.Arrays.fill(users.values(), 0.5f);
    Table items = new Table("items", ITEMS, 1);
    items.values()[4] = 0.8f;
    ItemTable table = new ItemTable(items, Optional.of(BIAS));
    return new PairModel(new UserRows(users), new DotScore(table));
  }

  private static GeneratorProposal proposal(int everyEpochs, int roundEpochs) {
    return new GeneratorProposal(TRAIN, generator(), TEMPERATURE, everyEpochs, roundEpochs);
  }

  @Test
  void whatIsDealtIsTheSoftmaxOfTheOtherModelAtItsTemperature() {
    GeneratorProposal proposal = proposal(1, 1);
    long[] counts = new long[ITEMS];
    try (Workers workers = new Workers(2)) {
      proposal.refresh(generator(), 3, 0, workers);
    }
    for (int u = 0; u < USERS; u++) {
      double[] shares = proposal.probabilities(u, new float[0]);
      for (int i = 0; i < ITEMS; i++) {
        counts[i] += Math.round(shares[i] * TRAIN.degree(u));
      }
    }
    double[] p = new double[ITEMS];
    double sum = 0;
    for (int i = 0; i < ITEMS; i++) {
      p[i] = Math.exp((BIAS.values()[i] + (i == 4 ? 0.4 : 0)) / TEMPERATURE);
      sum += p[i];
    }
    for (int i = 0; i < ITEMS; i++) {
      p[i] /= sum;
    }
    ChiSquare.assertFollows(counts, p);
  }

  /** Rounds are of 7 epochs, so the third deal of a round serves one epoch only. */
  @Test
  void dealsEverySoManyEpochsOfARoundAndTheSameAfterAnInterruption() {
    GeneratorProposal whole = proposal(3, 7);
    List<double[]> dealt = new ArrayList<>();
    try (Workers workers = new Workers(1)) {
      for (int epoch = 0; epoch < 14; epoch++) {
        whole.refresh(generator(), 3, epoch, workers);
        GeneratorProposal resumed = proposal(3, 7);
        resumed.refresh(generator(), 3, epoch, workers);
        dealt.add(whole.probabilities(9, new float[0]));
        assertThat(resumed.probabilities(9, new float[0])).isEqualTo(dealt.get(epoch));
      }
    }
    for (int epoch = 1; epoch < 14; epoch++) {
      boolean anew = epoch % 7 == 0 || epoch % 7 == 3 || epoch % 7 == 6;
      boolean same = java.util.Arrays.equals(dealt.get(epoch), dealt.get(epoch - 1));
      assertThat(same).as("epoch %d", epoch).isEqualTo(!anew);
    }
  }
}
