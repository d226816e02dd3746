package dev.tamis.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.model.ItemTable;
import dev.tamis.model.Table;
import dev.tamis.sample.proposal.BestOfProposal;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BestOfProposalTest {
  /** Of n that are not positives, the m of the highest score are kept unless no try finds one. */
  @Test
  void itemsOfEqualScoresShareTheirProbability() {
    Interactions train = SmallData.longTailed(5, 12, 4, 1);
    int positives = train.degree(0);
    int n = train.itemCount() - positives;
    BestOfProposal proposal = new BestOfProposal(new PositiveSets(train), 3, 1);
    Table vectors = new Table("items", train.itemCount(), 1);
    int high = 0;
    for (int i = 0; i < train.itemCount() && high < 2; i++) {
      if (!train.contains(0, i)) {
        vectors.values()[i] = 1;
        high++;
      }
    }
    try (Workers workers = new Workers(1)) {
      proposal.refresh(new ItemTable(vectors, Optional.empty()), 1, 0, workers);
    }

    double[] p = proposal.probabilities(0, new float[] {1});

    double lower = Math.pow((n - 2.0) / n, 3);
    for (int i = 0; i < p.length; i++) {
      double expected =
          train.contains(0, i) ? 0 : vectors.values()[i] > 0 ? (1 - lower) / 2 : lower / (n - 2);
      assertThat(p[i]).as("item " + i).isCloseTo(expected, within(1e-15));
    }
    assertThat(Arrays.stream(p).sum()).isCloseTo(1, within(1e-15));
  }
}
