package dev.tamis.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Batch;
import dev.tamis.model.Pass;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamingFrequencyTest {
  private static Batch batch(int... items) {
    Batch batch = new Batch(items.length, items.length);
    batch.rows = items.length;
    for (int r = 0; r < items.length; r++) {
      batch.posIds[r] = items[r];
      batch.posStart[r + 1] = r + 1;
    }
    return batch;
  }

  /** What is told of an item that is in the batch of a step. */
  private static double period(StreamingFrequency frequency, int item, long step) {
    float[] log = new float[1];
    frequency.log(new int[] {item}, 0, 1, step, log, 0);
    return Math.exp(-log[0]);
  }

  @Test
  void periodOfAnItemSeenRegularlyTendsToItGeometrically() {
    double rate = 0.05;
    int gap = 7;
    StreamingFrequency frequency = new StreamingFrequency(rate, List.of(11, 13));
    for (int k = 1; k <= 200; k++) {
      long step = (long) k * gap - 1; // so t = k * gap
      double expected = gap - (gap - 1) * Math.pow(1 - rate, k);
      assertThat(period(frequency, 4, step)).isCloseTo(expected, within(1e-6 * gap));
      frequency.endStep(batch(4, 4), new Pass(1, 0, step)); // twice in a batch is once
    }
  }

  /** Items come at random; the mean of the estimates is the mean gap. */
  @Test
  void meanEstimateIsTheMeanGap() {
    double chance = 0.08;
    StreamingFrequency frequency = new StreamingFrequency(0.02, List.of(101));
    Rng rng = Rng.keyed(6, Stream.DEMO, 0, 0);
    double sum = 0;
    int seen = 0;
    for (long step = 0; step < 200_000; step++) {
      if (rng.nextDouble() < chance) {
        double period = period(frequency, 3, step);
        frequency.endStep(batch(3), new Pass(1, 0, step));
        sum += step > 20_000 ? period : 0;
        seen += step > 20_000 ? 1 : 0;
      }
    }
    // About 14,400 sightings, each of which goes on in the next 100: a standard error of 0.1.
    assertThat(sum / seen).isCloseTo(1 / chance, within(0.45));
  }

  @Test
  void collisionsShortenAPeriodAndMoreArraysUndoThem() {
    int[] sizes = {5, 7};
    StreamingFrequency one = new StreamingFrequency(0.1, List.of(sizes[0]));
    StreamingFrequency other = new StreamingFrequency(0.1, List.of(sizes[1]));
    StreamingFrequency both = new StreamingFrequency(0.1, List.of(sizes[0], sizes[1]));
    for (long step = 0; step < 300; step++) {
      // 2 collides with 7 in the first array only.
      Batch batch = step % 10 == 9 ? batch(2, 31) : step % 3 == 0 ? batch(7) : batch(31);
      if (step % 10 == 9) {
        double first = period(one, 2, step);
        double second = period(other, 2, step);
        assertThat(period(both, 2, step)).isCloseTo(Math.max(first, second), within(1e-6 * 10));
      }
      for (StreamingFrequency frequency : List.of(one, other, both)) {
        frequency.endStep(batch, new Pass(1, 0, step));
      }
    }
    assertThat(period(one, 2, 309)).isLessThan(0.6 * period(both, 2, 309));
    assertThat(period(both, 2, 309)).isBetween(9.0, 10.1);
  }
}
