package dev.tamis.method;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.model.ItemMatrixModel;
import dev.tamis.model.ItemNeighboursModel;
import dev.tamis.solve.ClosedFormWeights;
import dev.tamis.solve.ItemMatrix;
import dev.tamis.solve.SparseRows;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import dev.tamis.train.TrainingLoop;
import java.util.List;
import java.util.Locale;

/**
 * EASE: the linear autoencoder of histories without self-similarity, in closed form ({@link
 * ClosedFormWeights}). There is nothing to draw and one number to choose; every pair counts 1,
 * ratings are not looked at.
 *
 * <p>Steck: Embarrassingly Shallow Autoencoders for Sparse Data, WWW 2019. The default lambda is
 * that of the paper for MovieLens-20M; small and sparse data want less. Memory is {@code 4 items^2}
 * bytes and time {@code items^3 / 2} multiply-adds, so it is for catalogues of some ten thousand
 * items; {@code keep} makes the model small, not its training.
 */
public final class Ease implements Method<Ease.Options> {
  public static final Option<Double> LAMBDA =
      Option.real("lambda", 500, 1e-3, 1e9, "weight of the squared weights")
          .orKnownAs("l2_norm", "l2", "reg", "reg_weight", "regularization");

  public static final Option<Integer> KEEP =
      Option.whole(
          "keep",
          0,
          0,
          ItemNeighboursModel.MOST_ITEMS,
          "how many of the strongest weights the model keeps for each item; 0 for all");

  private static final List<Option<?>> OPTIONS = List.of(LAMBDA, KEEP);

  /** What the model is; each component is the option of that name. */
  public record Options(double lambda, int keep) {
    /**
     * @throws dev.tamis.config.TamisException of kind CONFIG if a number is out of the range of its
     *     option
     */
    public Options {
      LAMBDA.check(lambda);
      KEEP.check(keep);
    }
  }

  @Override
  public String name() {
    return "ease";
  }

  @Override
  public String summary() {
    return "What each item of a history adds to every other item, in closed form; ranks users it"
        + " has never seen.";
  }

  @Override
  public String citation() {
    return "Steck: Embarrassingly Shallow Autoencoders for Sparse Data. WWW 2019";
  }

  @Override
  public boolean ranksUnseenUsers() {
    return true;
  }

  @Override
  public List<Option<?>> options() {
    return OPTIONS;
  }

  @Override
  public Options readKnown(Settings given) {
    return new Options(given.get(LAMBDA), given.get(KEEP));
  }

  @Override
  public MemoryPlan plan(Interactions train, Options o, Run run) {
    int items = train.itemCount();
    MemoryPlan plan =
        new MemoryPlan().add("a weight for each pair of items", ItemMatrix.bytes(items));
    if (o.keep() > 0) {
      plan.add("the weights that are kept", 16L * items * Math.min(o.keep(), items));
    }
    return plan.add("work space", ClosedFormWeights.bytes(items, train.size(), run.threads()));
  }

  @Override
  public TrainedModel fit(Interactions train, Options o, Run run) {
    TrainingLoop.refuseNothing(train.size());
    requireMemory(plan(train, o, run).total(), train.itemCount());
    try (Workers workers = new Workers(run.threads())) {
      int blocks = ItemMatrix.stripCount(train.itemCount());
      run.listener().started(name(), 0, 1, blocks);
      ItemMatrix weights =
          new ClosedFormWeights(SparseRows.of(train, null), o.lambda(), workers)
              .solve(done -> run.listener().stepDone(1, done, blocks));
      return TrainedModel.of(
          name(),
          Settings.none().with(LAMBDA, o.lambda()).with(KEEP, o.keep()).complete(OPTIONS),
          run.seed(),
          0,
          train,
          o.keep() == 0
              ? new ItemMatrixModel(weights)
              : new ItemNeighboursModel(ClosedFormWeights.strongest(weights, o.keep(), workers)));
    } catch (Workers.InterruptedRunException e) {
      throw new TamisException(
          TamisException.Kind.INTERRUPTED,
          "training was interrupted; it keeps no checkpoints, so begin it anew");
    }
  }

  private static void requireMemory(long needed, int items) {
    long heap = Runtime.getRuntime().maxMemory();
    if (needed > heap) {
      throw TamisException.config(
          String.format(
              Locale.ROOT,
              "ease over %,d items needs %,d bytes, but the heap is limited to %,d; raise it"
                  + " (-Xmx), drop rare items (--min-item-degree), or use wrmf or slim, whose"
                  + " memory does not grow with the square of the items",
              items,
              needed,
              heap));
    }
  }
}
