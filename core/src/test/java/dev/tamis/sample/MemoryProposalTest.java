package dev.tamis.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Initial;
import dev.tamis.model.ItemTable;
import dev.tamis.model.PairModel;
import dev.tamis.model.Pass;
import dev.tamis.model.Table;
import dev.tamis.model.score.DotScore;
import dev.tamis.model.tower.UserRows;
import dev.tamis.sample.proposal.MemoryProposal;
import dev.tamis.sample.refine.MemoryRenewal;
import dev.tamis.train.PairBatches;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryProposalTest {
  private static final int SIZE = 4;
  private static final int FRESH = 6;
  private static final int DIM = 5;
  private static final int ROWS = 32;

  private final Interactions train = SmallData.longTailed(40, 30, 12, 1);
  private final UserMemories memories = new UserMemories(train.userCount(), SIZE, ROWS);
  private final MemoryProposal proposal =
      new MemoryProposal(
          train,
          new PositiveSets(train),
          memories,
          new ScoreHistory(train.userCount(), train.itemCount(), DIM, false, 2),
          FRESH);
  private final PairModel model =
      new PairModel(
          new UserRows(Initial.normal(new Table("users", train.userCount(), DIM), 1, 1)),
          new DotScore(
              new ItemTable(
                  Initial.normal(new Table("items", train.itemCount(), DIM), 1, 1),
                  Optional.empty())));

  private void refresh(int epoch) {
    try (Workers workers = new Workers(1)) {
      proposal.refresh(model, 6, epoch, workers);
    }
  }

  private void assertNoPositives() {
    for (int u = 0; u < train.userCount(); u++) {
      for (int m = memories.at(u); m < memories.at(u + 1); m++) {
        assertThat(train.contains(u, memories.items()[m])).isFalse();
      }
    }
  }

  /** Over epochs in which memories are renewed: what is kept are the items of high scores. */
  @Test
  void memoriesTurnToHighScoresAndHoldNoPositives() {
    refresh(0);
    assertNoPositives();
    double before = meanScore();
    MemoryRenewal renewal = new MemoryRenewal(memories, 0.2);
    PairBatches batches = new PairBatches(train, ROWS);
    Batch batch = batches.newBatch();
    Candidates c = new Candidates(proposal.layout(), ROWS, SIZE + FRESH);
    Matrix q = new Matrix(ROWS, DIM);
    Rng rng = new Rng();
    long step = 0;
    for (int epoch = 0; epoch < 3; epoch++) {
      batches.shuffle(6, epoch);
      for (long b = 0; b < batches.batchesPerEpoch(); b++, step++) {
        batches.fill(batch, b);
        c.begin(batch);
        Pass pass = new Pass(6, epoch, step);
        proposal.propose(batch, 0, batch.rows, q, c, pass, rng);
        for (int r = 0; r < batch.rows; r++) {
          int at = memories.at(batch.users[r]);
          assertThat(Arrays.copyOfRange(c.ids, c.at(r), c.at(r) + SIZE))
              .isEqualTo(Arrays.copyOfRange(memories.items(), at, at + SIZE));
        }
        model.users().forward(batch.users, 0, batch.rows, q);
        model.score().newScoring(ROWS, SIZE + FRESH).score(q, c, 0, batch.rows);
        renewal.refine(batch, c, 0, batch.rows, pass, rng);
        proposal.endStep(batch, pass);
      }
      refresh(epoch + 1);
    }

    assertNoPositives();
    assertThat(meanScore()).isGreaterThan(before + 1);
  }

  private double meanScore() {
    double sum = 0;
    float[] users = model.users().table().values();
    float[] items = model.items().vectors().values();
    for (int u = 0; u < train.userCount(); u++) {
      for (int m = memories.at(u); m < memories.at(u + 1); m++) {
        for (int d = 0; d < DIM; d++) {
          sum += users[u * DIM + d] * items[memories.items()[m] * DIM + d];
        }
      }
    }
    return sum / memories.items().length;
  }

  @Test
  void anotherWidthIsRefused() {
    Batch batch = new Batch(1, 1);
    Candidates c = new Candidates(proposal.layout(), 1, SIZE + FRESH - 1);

    assertThatThrownBy(
            () ->
                proposal.propose(batch, 0, 0, new Matrix(1, DIM), c, new Pass(1, 0, 0), new Rng()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a memory of 4 and 6 fresh items in a width of 9");
  }
}
