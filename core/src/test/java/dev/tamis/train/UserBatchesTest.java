package dev.tamis.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tamis.data.Interactions;
import dev.tamis.model.Batch;
import dev.tamis.sample.SmallData;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UserBatchesTest {
  private static final Interactions TRAIN = SmallData.longTailed(300, 80, 25, 6);

  private static int[] history(Batch batch, int row) {
    return Arrays.copyOfRange(
        batch.histories(), batch.historyStart()[row], batch.historyStart()[row + 1]);
  }

  private static int[] positives(Batch batch, int row) {
    return Arrays.copyOfRange(batch.posIds, batch.posStart[row], batch.posStart[row + 1]);
  }

  @Test
  void whatIsPredictedIsNotRead() {
    UserBatches batches = new UserBatches(TRAIN, 64, 0.3);
    Batch batch = batches.newBatch();
    batches.shuffle(1, 0);
    int hidden = 0;
    for (long s = 0; s < batches.batchesPerEpoch(); s++) {
      batches.fill(batch, s);
      for (int r = 0; r < batch.rows; r++) {
        int user = batch.users[r];
        int[] both =
            IntStream.concat(Arrays.stream(history(batch, r)), Arrays.stream(positives(batch, r)))
                .sorted()
                .toArray();
        assertThat(both)
            .isEqualTo(
                Arrays.copyOfRange(
                    TRAIN.itemIds(), TRAIN.rowStart()[user], TRAIN.rowStart()[user + 1]));
        hidden += positives(batch, r).length;
      }
    }
    double share = (double) hidden / TRAIN.size();
    double deviation = Math.sqrt(0.3 * 0.7 / TRAIN.size());
    assertThat(share).isBetween(0.3 - 5 * deviation, 0.3 + 5 * deviation);
  }

  /** What is hidden of a user is a function of seed, epoch and user. */
  @Test
  void theCutDoesNotDependOnTheBatchAndChangesWithTheEpoch() {
    int[][] once = cuts(64, 2);
    assertThat(cuts(7, 2)).isDeepEqualTo(once);
    assertThat(Arrays.deepEquals(cuts(64, 3), once)).isFalse();
  }

  private static int[][] cuts(int rows, int epoch) {
    UserBatches batches = new UserBatches(TRAIN, rows, 0.5);
    Batch batch = batches.newBatch();
    batches.shuffle(4, epoch);
    int[][] cuts = new int[TRAIN.userCount()][];
    for (long s = 0; s < batches.batchesPerEpoch(); s++) {
      batches.fill(batch, s);
      for (int r = 0; r < batch.rows; r++) {
        cuts[batch.users[r]] = positives(batch, r);
      }
    }
    return cuts;
  }

  @Test
  void wholeHistoriesAreReadAndPredicted() {
    UserBatches batches = new UserBatches(TRAIN, 64);
    Batch batch = batches.newBatch();
    batches.shuffle(1, 0);
    batches.fill(batch, 0);
    assertThat(batch.histories()).isSameAs(batch.posIds);
    assertThat(batch.historyStart()).isSameAs(batch.posStart);
  }
}
