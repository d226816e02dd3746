package dev.tamis.eval;

import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.rank.Scorer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * The protocol of NCF (He et al., WWW 2017): each user's held-out item is ranked against given
 * negatives. {@code hit_rate_sampled@k} is 1 if it is among the first k, {@code ndcg_sampled@k} is
 * {@code 1 / log2(rank + 1)} if so. A negative with the same score counts as better, so a constant
 * model finds nothing. An item outside the catalogue is never found.
 *
 * <p>Sampled metrics are not estimates of those over the full catalogue, and models may rank
 * otherwise by them (Krichene and Rendle, CACM 2022); hence their own names. The values are a
 * function of model and data: neither threads nor blocks change a bit. Costs as much as scoring the
 * full catalogue once.
 */
public final class SampledEvaluator {
  private static final int ROWS_PER_BLOCK = 256;

  private final Interactions input;
  private final SampledRows rows;
  private final int[] cutOffs;
  private final Workers workers;
  private final List<String> names = new ArrayList<>();
  private final int rowsPerBlock;
  private final int tileItems;

  /**
   * Prepares to measure.
   *
   * @param input what is known of the users: the training data
   * @param rows the users with their items, in the numbers of {@code input}
   * @param cutOffs the cut-offs, 1 to {@link MetricId#MOST}
   * @param workers the threads to use; they stay the caller's
   */
  public SampledEvaluator(Interactions input, SampledRows rows, int[] cutOffs, Workers workers) {
    this(input, rows, cutOffs, workers, ROWS_PER_BLOCK, 512);
  }

  SampledEvaluator(
      Interactions input,
      SampledRows rows,
      int[] cutOffs,
      Workers workers,
      int rowsPerBlock,
      int tileItems) {
    rows.check(input);
    if (rows.size() == 0) {
      throw TamisException.badData("there are no rows to measure");
    }
    this.input = input;
    this.rows = rows;
    this.cutOffs = cutOffs.clone();
    this.workers = workers;
    this.rowsPerBlock = rowsPerBlock;
    this.tileItems = tileItems;
    for (String metric : new String[] {"hit_rate_sampled", "ndcg_sampled"}) {
      for (int k : cutOffs) {
        if (k < 1 || k > MetricId.MOST) {
          throw TamisException.config(
              "a cut-off must be from 1 to " + MetricId.MOST + ", but is " + k);
        }
        names.add(metric + "@" + k);
      }
    }
  }

  /** The metrics alone. */
  public SortedMap<String, Double> measure(Scorer scorer) {
    return evaluate(scorer).metrics();
  }

  /**
   * Measures, and keeps the values of every row, in the order of the rows.
   *
   * @throws TamisException of kind BAD_DATA if a score is NaN
   */
  public Evaluation evaluate(Scorer scorer) {
    if (scorer.itemCount() != input.itemCount()) {
      throw new IllegalArgumentException(
          "a model of " + scorer.itemCount() + " items, data of " + input.itemCount());
    }
    int n = rows.size();
    int[] ranks = new int[n];
    SampledBlocks[] blocks = new SampledBlocks[workers.threads()];
    workers.run(
        (n + rowsPerBlock - 1) / rowsPerBlock,
        (task, worker) -> {
          if (blocks[worker] == null) {
            blocks[worker] = new SampledBlocks(scorer, input, rows, rowsPerBlock, tileItems);
          }
          int from = task * rowsPerBlock;
          blocks[worker].rank(from, Math.min(n, from + rowsPerBlock), ranks);
        });
    Columns columns = new Columns(names, n, true);
    int[] users = new int[n];
    double[] values = new double[names.size()];
    for (int row = 0; row < n; row++) {
      users[row] = rows.user(row);
      for (int c = 0; c < cutOffs.length; c++) {
        boolean hit = ranks[row] <= cutOffs[c];
        values[c] = hit ? 1 : 0;
        values[cutOffs.length + c] = hit ? StrictMath.log(2) / StrictMath.log(ranks[row] + 1.0) : 0;
      }
      columns.add(values, 0);
    }
    return new Evaluation(
        protocol(),
        n,
        rows.unknownUsers(),
        columns.means(),
        columns.standardErrors(),
        rows.facts(),
        columns.perUser(users));
  }

  private String protocol() {
    String n =
        rows.leastNegatives() == rows.mostNegatives()
            ? "" + rows.mostNegatives()
            : rows.leastNegatives() + " to " + rows.mostNegatives();
    return "sampled: one item to find against "
        + n
        + " given negatives; a tie counts against the item";
  }
}
