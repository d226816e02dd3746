package dev.tamis.train;

import dev.tamis.model.Batch;
import dev.tamis.model.Pass;
import dev.tamis.rank.Scorer;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Supplier;

/** A model that is trained by one step for each batch. */
public final class BatchTrainee implements Trainee {
  private final Batches batches;
  private final Step step;
  private final Supplier<? extends Scorer> scorer;
  private final Batch batch;

  /**
   * Trains by {@code step} what {@code scorer} looks at.
   *
   * @param scorer asked anew for each measurement
   */
  public BatchTrainee(Batches batches, Step step, Supplier<? extends Scorer> scorer) {
    this.batches = batches;
    this.step = step;
    this.scorer = scorer;
    this.batch = batches.newBatch();
  }

  @Override
  public long stepsPerEpoch() {
    return batches.batchesPerEpoch();
  }

  @Override
  public void beginEpoch(long seed, int epoch) {
    batches.shuffle(seed, epoch);
    step.beginEpoch(seed, epoch);
  }

  @Override
  public double step(long inEpoch, double rate, Pass pass) {
    batches.fill(batch, inEpoch);
    return step.run(batch, rate, pass);
  }

  @Override
  public Scorer scorer() {
    return scorer.get();
  }

  @Override
  public void measured(int epochs, boolean best) {
    step.measured(epochs * stepsPerEpoch(), best);
  }

  @Override
  public List<TableUpdates> updates() {
    return step.updates();
  }

  @Override
  public SortedMap<String, Object> state() {
    return step.state();
  }
}
