package dev.tamis.train;

import dev.tamis.kernels.Kernels;
import dev.tamis.kernels.Workers;
import dev.tamis.math.ArrayLength;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Batch;
import dev.tamis.model.ItemTable;
import dev.tamis.model.PairModel;
import dev.tamis.model.Pass;
import dev.tamis.objective.Reinforce;
import dev.tamis.optim.Optimizer;
import dev.tamis.sample.PositiveMixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A step that teaches a softmax over all items to draw what is rewarded: the generator of IRGAN
 * (Wang et al., SIGIR 2017, section 3.2). For each user of a batch items are drawn, {@link #DRAWS}
 * for each positive, with the positives mixed in; a draw is rewarded, its reward counts {@code p /
 * P_n} ({@link PositiveMixture}), and the loss of the user is that of {@link Reinforce}. The losses
 * of a batch are summed, so that a batch of some users is about as many steps of one.
 *
 * <p>The model is one of inner products with item biases. Cost of a user: three matrix products of
 * O(items x width), and O(items). Memory: {@code batch rows x items} scores, and for each thread a
 * row of them.
 */
public final class PolicyStep implements Step {
  /** Items drawn for each positive. */
  public static final int DRAWS = 2;

  private final UserSide users;
  private final ItemProducts items;
  private final int itemCount;
  private final Reward reward;
  private final Workers workers;
  private final Matrix q; // [batch rows x width]
  private final float[] scores; // [batch rows x items]
  private final double[] loss; // [batch rows]
  private final Drawing[] drawings; // [threads]

  /**
   * @param model whose score is an inner product and an item bias
   * @param share of positives in what is drawn, at least 0 and below 1
   * @param batchRows users of the largest batch
   */
  public PolicyStep(
      PairModel model,
      Reward reward,
      double share,
      Optimizer optimizer,
      int batchRows,
      Workers workers) {
    ItemTable table = model.items();
    this.users = new UserSide(model, optimizer, batchRows, 1, workers);
    this.items =
        new ItemProducts(
            table.vectors(), table.bias().orElseThrow(), optimizer, optimizer, workers);
    this.itemCount = table.items();
    this.reward = reward;
    this.workers = workers;
    this.q = new Matrix(batchRows, table.width());
    this.scores = new float[scores(batchRows, itemCount)];
    this.loss = new double[batchRows];
    this.drawings = new Drawing[workers.threads()];
    Arrays.setAll(drawings, i -> new Drawing(new PositiveMixture(itemCount, share)));
  }

  /**
   * How many scores a batch has.
   *
   * @throws dev.tamis.config.TamisException of kind CONFIG if one array cannot hold them
   */
  public static int scores(int batchRows, int items) {
    return ArrayLength.of(
        "scores of all items for a batch of users",
        batchRows,
        items,
        "make generator-batch-size smaller");
  }

  /** What it holds beside the model, in bytes. */
  public static long bytes(int items, int width, int batchRows, int threads) {
    return 4L * items * batchRows + 4L * threads * (items + 512L * (width + 1));
  }

  @Override
  public double run(Batch batch, double rate, Pass pass) {
    int rows = batch.rows;
    items.beginStep(rate);
    users.begin(batch, rate);
    if (users.needsSettling()) {
      workers.run(workers.threads(), (owner, worker) -> users.settle(owner));
    }
    users.forward(batch, 0, rows, q);
    items.score(rows, q, scores);
    workers.run(rows, (r, worker) -> loss[r] = drawings[worker].differentiate(batch, r, pass));
    items.queryGradient(rows, scores, users.gradient());
    items.update(rows, scores, q);
    users.backward(batch, 0, rows, 0);
    workers.run(workers.threads(), (owner, worker) -> users.apply(owner, 0));
    users.applyDense();
    double total = 0;
    for (int r = 0; r < rows; r++) {
      total += loss[r];
    }
    return total / rows;
  }

  /** The tables with their updaters, in a fixed order: users, items, bias. */
  @Override
  public List<TableUpdates> updates() {
    List<TableUpdates> all = new ArrayList<>(users.updates());
    all.addAll(items.updates());
    return all;
  }

  /** What one thread works with. */
  private final class Drawing {
    private final PositiveMixture mixture;
    private final Rng rng = new Rng();
    private int[] drawn = {}; // [draws of a user]
    private float[] worth = {}; // [draws of a user]

    Drawing(PositiveMixture mixture) {
      this.mixture = mixture;
    }

    /** Turns the scores of a row into derivatives; returns its loss. */
    double differentiate(Batch batch, int r, Pass pass) {
      int at = r * itemCount;
      int draws = DRAWS * (batch.posStart[r + 1] - batch.posStart[r]);
      reserve(draws);
      items.addBias(scores, at);
      Kernels.softmax(scores, at, itemCount);
      if (Float.isNaN(scores[at])) {
        return Double.NaN; // scores that are no numbers: nothing can be drawn
      }
      mixture.begin(scores, at, batch.posIds, batch.posStart[r], batch.posStart[r + 1]);
      rng.key(pass.seed(), Stream.ACTIONS, pass.step(), r);
      for (int k = 0; k < draws; k++) {
        drawn[k] = mixture.draw(rng);
      }
      reward.reward(batch.users[r], drawn, draws, worth);
      for (int k = 0; k < draws; k++) {
        worth[k] *= (float) mixture.weight(drawn[k]);
      }
      return Reinforce.differentiate(scores, at, itemCount, drawn, worth, draws);
    }

    private void reserve(int draws) {
      if (drawn.length < draws) {
        drawn = new int[Math.max(draws, 2 * drawn.length)];
        worth = new float[drawn.length];
      }
    }
  }
}
