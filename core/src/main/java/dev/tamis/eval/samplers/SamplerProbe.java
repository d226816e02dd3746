package dev.tamis.eval.samplers;

import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.math.Matrix;
import dev.tamis.model.Candidates;
import dev.tamis.model.PairModel;
import dev.tamis.sample.Proposal;
import java.util.Arrays;

/**
 * Measures proposals against the softmax of a trained model, for some users. What it finds is a
 * function of model, data, proposal and options; threads do not change it. Cost for a user: a few
 * passes over the items, and the draws. Memory: about 50 bytes an item and thread, a block of 64
 * users with as many items as are drawn at a time, and 200 numbers a user.
 */
public final class SamplerProbe {
  private static final int BLOCK_ROWS = 64;
  private static final int POINTS = 100;

  private final Interactions train;
  private final PairModel model;
  private final ProbeOptions options;
  private final Workers workers;
  private final UserSample sample;
  private final CumulativeCurve curve;

  /**
   * @param model settled, over the users and items of {@code train}
   * @throws TamisException of kind BAD_DATA if there is no user to look at
   */
  public SamplerProbe(Interactions train, PairModel model, ProbeOptions options, Workers workers) {
    this.train = train;
    this.model = model;
    this.options = options;
    this.workers = workers;
    this.sample = UserSample.of(train, options.users(), options.seed());
    this.curve = new CumulativeCurve(train.itemCounts(), POINTS);
  }

  /** How many users are looked at. */
  public int users() {
    return sample.size();
  }

  /** [points] how many items each point of a cumulative curve has, the most popular first. */
  public int[] curveItems() {
    return curve.items();
  }

  /**
   * [points] the mean of the softmax's cumulative curves over the users.
   *
   * @param withPositives whether it is over all items, or over those that a user has not
   */
  public double[] softmax(boolean withPositives) {
    double[][] curves = new double[sample.size()][];
    UserProbe[] probes = probes();
    workers.run(
        sample.size(),
        (i, worker) -> {
          int user = sample.users()[i];
          Matrix query = new Matrix(1, model.users().width());
          model.users().forward(new int[] {user}, 0, 1, query);
          curves[i] =
              probes[worker].softmax(user, sample.positives()[i], query.data, withPositives);
        });
    return CumulativeCurve.mean(curves);
  }

  /**
   * Measures a proposal.
   *
   * @param proposal has taken up the model, where it does so, and draws items
   */
  public SamplerReport measure(Proposal proposal) {
    if (proposal.layout() == Candidates.Layout.ALL) {
      throw new IllegalArgumentException("a proposal of all items draws none");
    }
    UserFindings found = new UserFindings(sample.size(), options);
    UserProbe[] probes = probes();
    DrawBlock block =
        new DrawBlock(
            proposal,
            model,
            options.seed(),
            Math.min(BLOCK_ROWS, sample.size()),
            UserProbe.widths(options));
    for (int first = 0; first < sample.size(); first += BLOCK_ROWS) {
      int from = first;
      int rows = Math.min(BLOCK_ROWS, sample.size() - first);
      block.begin(sample, from, rows);
      workers.run(
          rows, (row, worker) -> probes[worker].measure(proposal, block, row, from + row, found));
    }
    return found.report(proposal, options);
  }

  /** What times proposals with the same users. */
  public SamplerClock clock() {
    return new SamplerClock(model, options.seed(), sample.users(), workers);
  }

  private UserProbe[] probes() {
    UserProbe[] probes = new UserProbe[workers.threads()];
    Arrays.setAll(probes, t -> new UserProbe(train, model, curve, options));
    return probes;
  }
}
