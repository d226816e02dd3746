package dev.tamis.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.ItemTable;
import dev.tamis.model.PairModel;
import dev.tamis.model.Pass;
import dev.tamis.model.Table;
import dev.tamis.model.score.DotScore;
import dev.tamis.model.tower.UserRows;
import dev.tamis.sample.proposal.ClusterProposal;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClusterProposalTest {
  private static double[] even(int items) {
    double[] weights = new double[items];
    Arrays.fill(weights, 1);
    return weights;
  }

  /** A user whose best cluster is all its own draws from the other, however far that is behind. */
  @Test
  void aClusterWithoutAFreeItemIsNeverDrawn() {
    Interactions train = SmallData.where(2, 6, (u, i) -> u == 0 ? i < 3 : i == 5);
    Table items = new Table("items", 6, 1, new float[] {1, 1, 1, -1, -1, -1});
    ClusterProposal proposal = new ClusterProposal(train, new PositiveSets(train), even(6), 2, 1);
    try (Workers workers = new Workers(1)) {
      proposal.refresh(
          new PairModel(
              new UserRows(new Table("users", 1, items.width())),
              new DotScore(new ItemTable(items, Optional.empty()))),
          1,
          1,
          workers);
    }
    Batch batch = new Batch(1, 1);
    batch.rows = 1;
    batch.posStart[1] = 1;
    Candidates c = new Candidates(proposal.layout(), 1, 200);
    c.begin(batch);
    Matrix q = new Matrix(1, 1);
    q.data[0] = 500;
    proposal.propose(batch, 0, 1, q, c, new Pass(1, 1, 0), new Rng());

    assertThat(Arrays.stream(c.ids).distinct().sorted()).containsExactly(3, 4, 5);
    assertThat(proposal.probabilities(0, q.data))
        .containsExactly(0, 0, 0, 1 / 3.0, 1 / 3.0, 1 / 3.0);
  }

  @Test
  void moreClustersThanItemsAreRefused() {
    Interactions train = SmallData.where(2, 6, (u, i) -> u == 0 ? i < 3 : i == 5);

    assertThatThrownBy(() -> new ClusterProposal(train, new PositiveSets(train), even(6), 7, 1))
        .isInstanceOf(TamisException.class)
        .hasMessage("7 clusters are too many for 6 items; set clusters to fewer");
  }
}
