package dev.tamis.method.sampler;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.proposal.ClusterLoss;
import dev.tamis.sample.proposal.ClusterProposal;
import dev.tamis.sample.proposal.LearnedClusterProposal;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A cluster by its centre, then an item of it: CU, CP, CUJ and CPJ of PRIS (Lian, Liu, Chen, WWW
 * 2020, sections 4.2 and 4.3). Clusters are made anew before each epoch but the first, from the
 * centres of the epoch before, or learned along with the model.
 *
 * <p>Deviation: with clusters learned, {@code cluster-uniform-joint} is uniform inside a cluster,
 * as in the paper; the code draws by popularity there in both, which is {@code
 * cluster-popularity-joint}.
 */
public final class ClusterSampler implements Sampler {
  public static final Option<Integer> CLUSTERS =
      Option.whole("clusters", 100, 1, 1 << 16, "clusters of items that the cluster samplers make");

  /** A method that has importance weights goes by it there too. */
  public static final Option<Boolean> WEIGHT_GRADIENT =
      Option.flag(
          "weight-gradient",
          true,
          "whether the gradient goes through importance weights, those of learned clusters too");

  public static final Option<Double> TEMPERATURE =
      Option.real(
          "cluster-temperature",
          0.9,
          0.01,
          100,
          "of the softmax that stands in for the assignment to clusters where the samplers that end"
              + " in -joint learn it");
  public static final Option<Double> COOLING =
      Option.real(
          "cluster-cooling",
          1,
          0.01,
          1,
          "what that temperature is multiplied with after each epoch, until it is 0.1");
  public static final Option<Double> RANKING =
      Option.real(
          "cluster-ranking",
          1,
          0,
          1e6,
          "weight of ranking by clusters in what the clusters are learned by");
  public static final Option<Double> DISTANCE =
      Option.real(
              "cluster-distance",
              5,
              0,
              1e6,
              "weight of the mean squared distance of items from their centres, beside it")
          .orKnownAs("coef_kd");
  public static final Option<Double> L2 =
      Option.real(
          "cluster-l2",
          0.1 / 128,
          0,
          1e6,
          "weight of the squared length of each centre and turned query in a batch, beside it");

  private final boolean popular;
  private final boolean learned;

  /**
   * @param popular whether items of a cluster are drawn by popularity, not evenly
   * @param learned whether clusters are learned along with the model, not found by k-means
   */
  ClusterSampler(boolean popular, boolean learned) {
    this.popular = popular;
    this.learned = learned;
  }

  @Override
  public String name() {
    return (popular ? "cluster-popularity" : "cluster-uniform") + (learned ? "-joint" : "");
  }

  @Override
  public String summary() {
    return (learned ? "a learned cluster by its centre, then " : "a cluster by its centre, then ")
        + (popular ? "by popularity" : "evenly");
  }

  @Override
  public List<Option<?>> options() {
    List<Option<?>> all = new ArrayList<>();
    all.add(CLUSTERS);
    if (popular) {
      all.add(PopularitySampler.WEIGHTS);
    }
    if (learned) {
      all.addAll(List.of(WEIGHT_GRADIENT, TEMPERATURE, COOLING, RANKING, DISTANCE, L2));
    }
    return all;
  }

  @Override
  public Use use() {
    return learned ? Use.TRAINING : Use.TRAINING_AND_MEASURING;
  }

  @Override
  public boolean pairsOnly() {
    return learned;
  }

  @Override
  public Proposal proposal(Interactions train, PositiveSets refused, int width, Settings settings) {
    double[] weights =
        popular ? popularities(train, settings) : UniformSampler.even(train.itemCount());
    int clusters = settings.get(CLUSTERS);
    if (!learned) {
      return new ClusterProposal(train, refused, weights, clusters, width);
    }
    ClusterLoss loss =
        new ClusterLoss(
            settings.get(TEMPERATURE),
            settings.get(COOLING),
            settings.get(RANKING),
            settings.get(DISTANCE),
            settings.get(L2),
            settings.get(WEIGHT_GRADIENT));
    return new LearnedClusterProposal(train, refused, weights, clusters, width, loss);
  }

  @Override
  public void planLearning(
      MemoryPlan plan, int width, int rows, int negatives, Settings settings, Run run) {
    if (learned) {
      int ofShard = (rows + run.shards() - 1) / run.shards();
      plan.add(
          "gradients of clusters",
          LearnedClusterProposal.learningBytes(
              width, settings.get(CLUSTERS), ofShard, negatives, run.threads(), run.shards()));
    }
  }

  /** An item that was never seen counts as seen once: in a cluster it must have a weight. */
  private static double[] popularities(Interactions train, Settings settings) {
    int[] counts = Arrays.stream(train.itemCounts()).map(c -> Math.max(1, c)).toArray();
    return settings.get(PopularitySampler.WEIGHTS).weights(counts);
  }
}
