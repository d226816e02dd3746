package dev.tamis.lab.compare;

import dev.tamis.config.Suggestion;
import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.eval.ActivitySlices;
import dev.tamis.eval.PerUserValues;
import dev.tamis.eval.PopularitySlices;
import dev.tamis.kernels.Workers;
import dev.tamis.lab.FinishedTrial;
import dev.tamis.lab.Protocol;
import dev.tamis.lab.TrialKey;
import dev.tamis.lab.statistics.Bootstrap;
import dev.tamis.lab.statistics.Interval;
import dev.tamis.lab.statistics.UsersAndSeeds;
import dev.tamis.lab.statistics.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Contenders on the same ground: how each did, and which is better.
 *
 * <p>Each user's value is first averaged over a contender's seeds. Of the deciding metric, every
 * pair asked for gets the difference with a bootstrap interval and a sign-flip test over users,
 * which speak of the models as they were fitted; and, where both have two seeds or more, the test
 * of {@link UsersAndSeeds}, which speaks of other users and other seeds. The larger of the two
 * p-values counts, under Holm's correction over the pairs. All is conditional on the split.
 *
 * <p>A function of the trials and the question alone. Cost: the bootstrap, O(resamples x users x
 * contenders x metrics).
 *
 * @param question what was asked
 * @param users how many users were measured
 * @param standings in the order given
 * @param pairs each with the higher mean first; or, if the question is against one, all others less
 *     that one
 */
public record Comparison(Question question, int users, List<Standing> standings, List<Pair> pairs) {
  /**
   * Compares.
   *
   * @param contenders at least one, each with a name of its own
   * @param known what is known of the users measured, for the parts by activity
   *     <p>Where the question is against one who has no trials, nothing is paired.
   * @throws TamisException of kind CONFLICT if trials are of different data or protocols, of kind
   *     USAGE if the question names a metric that is not there
   */
  public static Comparison of(
      List<Contender> contenders, Question question, Interactions known, Workers workers) {
    TrialKey first = contenders.get(0).trials().get(0).key();
    for (Contender contender : contenders) {
      for (FinishedTrial trial : contender.trials()) {
        first.requireComparable(trial.key());
      }
    }
    PerUserValues measured = contenders.get(0).evaluation().perUser();
    measured.of(question.metric()); // refuses a metric that is not there
    List<String> metrics = measured.metrics();
    int width = metrics.size();
    double[][] columns = new double[contenders.size() * width][]; // [contenders x metrics][users]
    for (int c = 0; c < contenders.size(); c++) {
      for (int m = 0; m < width; m++) {
        columns[c * width + m] = Values.meanOf(contenders.get(c).values(metrics.get(m)));
      }
    }
    Bootstrap bootstrap = new Bootstrap(columns, question.resamples(), question.seed(), workers);
    List<Standing> standings = new ArrayList<>();
    for (int c = 0; c < contenders.size(); c++) {
      Contender contender = contenders.get(c);
      SortedMap<String, Estimate> estimates = new TreeMap<>();
      for (String metric : contender.evaluation().metrics().keySet()) {
        int column = c * width + metrics.indexOf(metric);
        Optional<Interval> interval =
            metrics.contains(metric)
                ? Optional.of(bootstrap.ofMean(column, columns[column], Question.CONFIDENCE))
                : Optional.empty();
        double[] bySeed = contender.bySeed(metric);
        estimates.put(
            metric, new Estimate(Values.mean(bySeed), interval, bySeed, Values.deviation(bySeed)));
      }
      double[] deciding = columns[c * width + metrics.indexOf(question.metric())];
      standings.add(
          new Standing(
              contender,
              estimates,
              byActivity(measured.users(), question.metric(), deciding, known),
              byPopularity(contender)));
    }
    return new Comparison(
        question,
        measured.users().length,
        standings,
        new PairTests(contenders, question, bootstrap, workers)
            .run(columns, width, metrics.indexOf(question.metric())));
  }

  private static List<SliceEstimate> byActivity(
      int[] users, String metric, double[] values, Interactions known) {
    PerUserValues one = PerUserValues.of(users, List.of(metric), new double[][] {values});
    return ActivitySlices.of(one, known, Protocol.SLICES).stream()
        .map(
            slice ->
                new SliceEstimate(
                    slice.fewest(),
                    slice.most(),
                    slice.users(),
                    slice.metrics().get(metric),
                    slice.standardErrors().get(metric)))
        .toList();
  }

  private static List<SliceEstimate> byPopularity(Contender contender) {
    List<SliceEstimate> estimates = new ArrayList<>();
    List<PopularitySlices.Slice> slices = contender.trials().get(0).result().popularity();
    for (int s = 0; s < slices.size(); s++) {
      int part = s;
      double[][] bySeed =
          contender.trials().stream()
              .map(t -> t.result().popularity().get(part).recall())
              .toArray(double[][]::new);
      estimates.add(
          SliceEstimate.of(slices.get(s).fewest(), slices.get(s).most(), Values.meanOf(bySeed)));
    }
    return estimates;
  }

  /** The refusal of a name that no contender has. */
  public static TamisException unknown(String name, List<String> names) {
    return TamisException.usage(
        "'"
            + name
            + "' does not take part"
            + Suggestion.clause(name, names)
            + " (there are: "
            + String.join(", ", names)
            + ")");
  }

  /** Those than which no other is both as good and as quick, the best first; by the clock. */
  public List<String> pareto() {
    List<Standing> best = new ArrayList<>();
    for (Standing one : standings) {
      boolean passed = false;
      for (Standing other : standings) {
        boolean noWorse =
            quality(other) >= quality(one) && other.trainSeconds() <= one.trainSeconds();
        passed |=
            noWorse && (quality(other) > quality(one) || other.trainSeconds() < one.trainSeconds());
      }
      if (!passed) {
        best.add(one);
      }
    }
    best.sort((x, y) -> Double.compare(quality(y), quality(x)));
    return best.stream().map(Standing::name).toList();
  }

  private double quality(Standing standing) {
    return standing.metrics().get(question.metric()).mean();
  }

  /** The standings, the best by the deciding metric first. */
  public List<Standing> ranked() {
    List<Standing> ranked = new ArrayList<>(standings);
    ranked.sort((x, y) -> Double.compare(quality(y), quality(x)));
    return ranked;
  }

  /** Who knew features of items and users and who did not, a sentence; empty if nobody did. */
  public Optional<String> features() {
    List<String> with = new ArrayList<>();
    List<String> without = new ArrayList<>();
    for (Standing standing : standings) {
      (standing.contender().hasFeatures() ? with : without).add(standing.name());
    }
    return with.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "with features of items or users: "
                + String.join(", ", with)
                + (without.isEmpty() ? "" : "; without any: " + String.join(", ", without)));
  }

  /** What can be said as a whole, a sentence; empty where nothing was compared. */
  public Optional<String> verdict() {
    if (pairs.isEmpty()) {
      return Optional.empty();
    }
    boolean seeds = pairs.stream().allMatch(p -> p.ofBoth().isPresent());
    String scope =
        seeds
            ? ", for other users like these and other seeds"
            : ", for these fitted models and other users like these";
    if (question.against().isPresent()) {
      List<String> better = names(Pair::better);
      return Optional.of(
          (better.isEmpty() ? "nothing" : String.join(", ", better))
              + " is better than "
              + question.against().get()
              + " by "
              + question.metric()
              + scope);
    }
    String best = ranked().get(0).name();
    List<String> alike = new ArrayList<>();
    for (Pair pair : pairs) {
      if (!pair.better() && !pair.worse()) {
        if (pair.a().equals(best)) {
          alike.add(pair.b());
        } else if (pair.b().equals(best)) {
          alike.add(pair.a());
        }
      }
    }
    return Optional.of(
        best
            + " has the highest "
            + question.metric()
            + "; it "
            + (alike.isEmpty()
                ? "is better than every other"
                : "cannot be told apart from "
                    + (alike.size() == standings.size() - 1
                        ? "any other"
                        : String.join(", ", alike)))
            + scope);
  }

  private List<String> names(Predicate<Pair> of) {
    return pairs.stream().filter(of).map(Pair::a).toList();
  }
}
