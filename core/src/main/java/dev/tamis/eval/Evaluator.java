package dev.tamis.eval;

import dev.tamis.config.TamisException;
import dev.tamis.data.HeldOut;
import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.rank.Ranker;
import dev.tamis.rank.Scorer;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Measures a model on held-out users over the full catalogue without what each user is known to
 * have, in one pass for all metrics and cut-offs. Users without a relevant item are left out and
 * counted. Ties: higher score, then the smaller item number.
 *
 * <p>The values are a function of model and data: neither threads nor blocks change a bit. Memory
 * beyond the model's own: about 16 MB a thread, at most 48 MB of lists and values of users at a
 * time, 4 bytes a held-out user, 4 bytes an item for each cut-off of a catalogue metric, 8 bytes an
 * item for novelty; and 8 bytes a user and metric where {@link #evaluate} keeps them.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class Evaluator {
  private static final int MOST_USERS = 1 << 16;
  private static final long SEGMENT_BYTES = 32 << 20;

  private final HeldOut heldOut;
  private final AmongItems among;
  private final PopularitySlices slices; // null for none
  private final Workers workers;
  private final Plan plan;
  private final ListConstants constants;
  private final int[] users; // [evaluated] dense numbers of users with a relevant item, ascending
  private final int rowsPerBlock;
  private final int tileItems; // 0: chosen by the ranker

  /**
   * Prepares to measure.
   *
   * @param heldOut the users, what is known of each and what is to be found
   * @param train the training data, for novelty; its items are the model's
   * @param metrics what to measure; the same metric given twice counts once
   * @param workers the threads to use; they stay the caller's
   * @throws TamisException of kind BAD_DATA if no user has a relevant item
   */
  public Evaluator(HeldOut heldOut, Interactions train, List<MetricId> metrics, Workers workers) {
    this(heldOut, train, metrics, workers, 0, 0);
  }

  /**
   * Measures among some items: no others are ranked, and no others are to be found.
   *
   * @param candidates [items] which
   */
  public static Evaluator among(
      boolean[] candidates,
      HeldOut heldOut,
      Interactions train,
      List<MetricId> metrics,
      Workers workers) {
    return new Evaluator(heldOut, AmongItems.of(candidates), null, train, metrics, workers, 0, 0);
  }

  /** Measures by popularity, too: the slices hold what was found last. */
  public static Evaluator with(
      PopularitySlices slices,
      HeldOut heldOut,
      Interactions train,
      List<MetricId> metrics,
      Workers workers) {
    return new Evaluator(heldOut, AmongItems.all(), slices, train, metrics, workers, 0, 0);
  }

  Evaluator(
      HeldOut heldOut,
      Interactions train,
      List<MetricId> metrics,
      Workers workers,
      int rowsPerBlock,
      int tileItems) {
    this(heldOut, AmongItems.all(), null, train, metrics, workers, rowsPerBlock, tileItems);
  }

  private Evaluator(
      HeldOut heldOut,
      AmongItems among,
      PopularitySlices slices,
      Interactions train,
      List<MetricId> metrics,
      Workers workers,
      int rowsPerBlock,
      int tileItems) {
    int items = heldOut.input().itemCount();
    if (train.itemCount() != items) {
      throw new IllegalArgumentException(
          "training data of " + train.itemCount() + " items, held-out data of " + items);
    }
    this.heldOut = among.restrict(heldOut);
    this.among = among;
    this.slices = slices;
    this.workers = workers;
    this.plan = new Plan(metrics, slices == null ? 1 : slices.k());
    double[] information =
        plan.asksFor(Novelty.class)
            ? ListConstants.selfInformation(train.itemCounts(), train.userCount())
            : new double[0];
    this.constants = ListConstants.of(plan.longest, information);
    this.users = evaluated(this.heldOut);
    this.rowsPerBlock =
        rowsPerBlock > 0 ? rowsPerBlock : among.rows(Ranker.rowsFor(items, plan.longest));
    this.tileItems = tileItems;
  }

  /** What is to be found: that of the held-out data, of the items that are ranked. */
  public HeldOut heldOut() {
    return heldOut;
  }

  /** The metrics alone, nothing kept: for validation while training. */
  public SortedMap<String, Double> measure(Scorer scorer) {
    return run(scorer, false).metrics();
  }

  /**
   * Measures, and keeps the values of every user.
   *
   * @throws TamisException of kind CONFIG if the users are not of the training data and the model
   *     ranks no others; of kind BAD_DATA if a score is NaN
   */
  public Evaluation evaluate(Scorer scorer) {
    return run(scorer, true);
  }

  private Evaluation run(Scorer scorer, boolean keep) {
    int items = heldOut.input().itemCount();
    if (scorer.itemCount() != items) {
      throw new IllegalArgumentException(
          "a model of " + scorer.itemCount() + " items, held-out data of " + items);
    }
    heldOut.requireUsersKnownTo("this model", scorer.ranksUnseenUsers());
    Columns columns = new Columns(plan.listNames, users.length, keep);
    ItemCounts counts = new ItemCounts(plan.countedCutOffs(), items);
    int segment = segment();
    double[] values = new double[segment * plan.width()]; // [segment users x metrics]
    int[] lists = counts.isEmpty() && slices == null ? null : new int[segment * plan.longest];
    if (slices != null) {
      slices.begin();
    }
    UserBlocks[] blocks = new UserBlocks[workers.threads()];
    for (int from = 0; from < users.length; from += segment) {
      int first = from;
      int n = Math.min(segment, users.length - from);
      workers.run(
          (n + rowsPerBlock - 1) / rowsPerBlock,
          (task, worker) -> {
            if (blocks[worker] == null) {
              blocks[worker] =
                  new UserBlocks(
                      scorer, heldOut, users, among, plan, constants, rowsPerBlock, tileItems);
            }
            int start = task * rowsPerBlock;
            int rows = Math.min(rowsPerBlock, n - start);
            blocks[worker].measure(first + start, rows, values, lists, start);
          });
      for (int u = 0; u < n; u++) {
        columns.add(values, u * plan.width());
        if (slices != null) {
          slices.add(users[from + u], lists, u * plan.longest);
        }
      }
      counts.add(lists, plan.longest, n);
    }
    SortedMap<String, Double> metrics = columns.means();
    for (MetricId id : plan.catalogue()) {
      metrics.put(
          id.toString(), Metrics.catalogueMetric(id.name()).orElseThrow().of(counts.at(id.k())));
    }
    return new Evaluation(
        among.protocol(),
        users.length,
        heldOut.input().userCount() - users.length,
        metrics,
        columns.standardErrors(),
        new TreeMap<>(),
        columns.perUser(users));
  }

  private int segment() {
    long bytes = 8L * plan.width() + 4L * plan.longest;
    long fits = Math.max(1, SEGMENT_BYTES / bytes);
    return (int) Math.min(users.length, Math.min(MOST_USERS, fits));
  }

  private static int[] evaluated(HeldOut heldOut) {
    int[] users = new int[heldOut.input().userCount()];
    int n = 0;
    for (int u = 0; u < users.length; u++) {
      if (heldOut.relevant(u) > 0) {
        users[n++] = u;
      }
    }
    if (n == 0) {
      throw TamisException.badData(
          "none of the "
              + users.length
              + " held-out users has an item to find, so there is nothing to measure;"
              + " check that the test data have the ids of the training data");
    }
    return Arrays.copyOf(users, n);
  }
}
