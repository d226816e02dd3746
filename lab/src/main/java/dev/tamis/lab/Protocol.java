package dev.tamis.lab;

import dev.tamis.data.HeldOut;
import dev.tamis.data.Sha256;
import dev.tamis.eval.MetricId;
import dev.tamis.eval.SampledRows;
import dev.tamis.train.Run;
import dev.tamis.train.Validation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The ground on which trials meet: what they are trained, validated and tested on, what is measured
 * and when training stops. Two trials can be compared if and only if both of its fingerprints are
 * equal.
 */
public final class Protocol {
  /** Into how many parts users and items are cut, by how active and how popular they are. */
  public static final int SLICES = 5;

  private final TrainingData data;
  private final List<MetricId> metrics;
  private final Stopping stopping;
  private final Optional<SampledRows> negatives;
  private final String dataFingerprint;
  private final String fingerprint;

  /**
   * How validation ends training; without validation data it says nothing.
   *
   * @param metric the metric to choose the best epoch by, for example {@code ndcg@50}
   * @param everyEpochs how many epochs from one measurement to the next, at least 1
   * @param patience how many measurements in a row may bring no new best before training stops; 0
   *     never stops
   */
  public record Stopping(String metric, int everyEpochs, int patience) {
    /** The best epoch by {@code ndcg@50}, which is measured after each; never stops. */
    public static final Stopping DEFAULT = new Stopping("ndcg@50", 1, 0);
  }

  /**
   * Costs a SHA-256 over the data.
   *
   * @param data the parts; without test data, trials have learning curves and no evaluation
   * @param metrics what is measured on the test data; the order does not matter
   * @throws dev.tamis.config.TamisException of kind CONFIG if the stopping is not allowed
   */
  public Protocol(TrainingData data, List<MetricId> metrics, Stopping stopping) {
    this(data, metrics, stopping, Optional.empty());
  }

  /**
   * Measures by the protocol of NCF: the item to find of each user is ranked against given
   * negatives, up to {@link #cutOff()}.
   *
   * @param data without test data
   * @param negatives in the numbers of the training data
   * @throws dev.tamis.config.TamisException of kind CONFIG if the stopping is not allowed
   */
  public static Protocol ofNegatives(TrainingData data, SampledRows negatives, Stopping stopping) {
    if (data.test().isPresent()) {
      throw new IllegalArgumentException("the items to find stand with the negatives");
    }
    return new Protocol(data, List.of(), stopping, Optional.of(negatives));
  }

  private Protocol(
      TrainingData data,
      List<MetricId> metrics,
      Stopping stopping,
      Optional<SampledRows> negatives) {
    this.data = data;
    this.negatives = negatives;
    this.metrics = List.copyOf(metrics);
    this.stopping = stopping;
    validation(); // refuses what is not allowed
    this.dataFingerprint = data.train().fingerprint();
    this.fingerprint = Sha256.of(text());
  }

  public TrainingData data() {
    return data;
  }

  /** What is measured on the test data. */
  public List<MetricId> metrics() {
    return metrics;
  }

  /** The items to find and what they are ranked against, where negatives are given. */
  public Optional<SampledRows> negatives() {
    return negatives;
  }

  /** The fingerprint of the training data. */
  public String dataFingerprint() {
    return dataFingerprint;
  }

  /**
   * The fingerprint of everything else: validation and test data with what is known of each user,
   * the metrics, and how training stops.
   */
  public String fingerprint() {
    return fingerprint;
  }

  /** The length of lists where only one is looked at: that of the metric that stops training. */
  public int cutOff() {
    return cutOff(stopping.metric());
  }

  /** The length of lists where only one is looked at, and this metric decides. */
  public static int cutOff(String metric) {
    int k = MetricId.parse(metric).k();
    return k > 0 ? k : 10;
  }

  /** The metric that decides: about it, methods are compared. */
  public String metric() {
    return stopping.metric();
  }

  /** The validation of a run, if there are data for it. */
  Optional<Validation> validation() {
    return data.validation()
        .map(
            heldOut ->
                new Validation(
                    heldOut, stopping.metric(), stopping.everyEpochs(), stopping.patience()));
  }

  /** A seeded run on this ground. */
  Run run(long seed, int threads) {
    Run run = Run.seeded(seed).withThreads(threads);
    return validation().map(run::withValidation).orElse(run);
  }

  private String text() {
    TreeSet<String> measured = new TreeSet<>();
    metrics.forEach(id -> measured.add(id.toString()));
    return "test "
        + data.test().map(Protocol::text).orElse("none")
        + " metrics "
        + (data.test().isPresent() ? measured + " at " + cutOff() : "none")
        + " validation "
        + data.validation().map(heldOut -> text(heldOut) + " " + stopping).orElse("none")
        + negatives.map(rows -> " negatives " + rows.fingerprint() + " at " + cutOff()).orElse("");
  }

  private static String text(HeldOut heldOut) {
    return heldOut.target().fingerprint()
        + " given "
        + heldOut.input().fingerprint()
        + " unreachable "
        + Sha256.of(Arrays.toString(heldOut.unreachable()))
        + (heldOut.trained() ? " of trained users" : " of other users");
  }
}
