package dev.tamis.method;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.model.ItemNeighboursModel;
import dev.tamis.solve.Rounds;
import dev.tamis.solve.SparseRows;
import dev.tamis.train.Run;
import dev.tamis.train.TrainingLoop;
import java.util.SortedMap;
import java.util.function.IntConsumer;

/** How methods are trained whose model is weights between items. */
final class ItemNeighbours {
  private ItemNeighbours() {}

  /** Finds the weights. */
  @FunctionalInterface
  interface Solver {
    /**
     * Row {@code i} of the result is what having item {@code i} adds to other items.
     *
     * @param users the items of each user
     * @param progress told how many of the {@link Rounds} over items are done
     */
    SparseRows solve(SparseRows users, Workers workers, IntConsumer progress);
  }

  static TrainedModel fit(
      String method,
      SortedMap<String, String> options,
      Interactions train,
      Run run,
      Solver solver) {
    TrainingLoop.refuseNothing(train.size());
    ItemNeighboursModel.requireNumbered(train.itemCount());
    int rounds = new Rounds(train.itemCount()).count();
    run.listener().started(method, 0, 1, rounds);
    try (Workers workers = new Workers(run.threads())) {
      SparseRows weights =
          solver.solve(
              SparseRows.of(train, null),
              workers,
              done -> run.listener().stepDone(1, done, rounds));
      return TrainedModel.of(
          method, options, run.seed(), 0, train, new ItemNeighboursModel(weights));
    } catch (Workers.InterruptedRunException e) {
      throw new TamisException(
          TamisException.Kind.INTERRUPTED,
          "training was interrupted; it keeps no checkpoints, so begin it anew");
    }
  }
}
