package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.objective.PairwiseLogistic;
import dev.tamis.sample.Popularity;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.UserPools;
import dev.tamis.sample.proposal.ClusterLoss;
import dev.tamis.sample.proposal.ClusterProposal;
import dev.tamis.sample.proposal.LearnedClusterProposal;
import dev.tamis.sample.proposal.PopularityProposal;
import dev.tamis.sample.proposal.SoftmaxPoolProposal;
import dev.tamis.sample.proposal.UniformProposal;
import dev.tamis.sample.refine.ImportanceWeights;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Personalised ranking with importance sampling: negatives come from a proposal {@code Q} and are
 * weighed by {@code softmax(s - ln Q)}, so that hard ones count most.
 *
 * <p>Lian, Liu, Chen: Personalized Ranking with Importance Sampling, WWW 2020, equations 5, 6 and
 * sections 4.2 and 4.3; samplers U, P, CU, CP, CUJ, CPJ and Exact. Defaults are those of its code
 * ({@link PairOptions}): there the gradient goes through the weights, which the paper does not say.
 * Clusters are made anew before each epoch but the first, from the centres of the epoch before, or
 * learned along with the model.
 *
 * <p>Samplers midx-* are those of FastVAE ({@link MidxSampler}).
 *
 * <p>Deviation: with clusters learned, {@code cluster-uniform-joint} is uniform inside a cluster,
 * as in the paper; the code draws by popularity there in both, which is {@code
 * cluster-popularity-joint}.
 */
public final class Pris implements PairMethod<Pris.Options> {
  /** How negatives are drawn. */
  public enum Sampler {
    UNIFORM,
    POPULARITY,
    CLUSTER_UNIFORM,
    CLUSTER_POPULARITY,
    CLUSTER_UNIFORM_JOINT,
    CLUSTER_POPULARITY_JOINT,
    EXACT,
    MIDX_UNIFORM(MidxSampler.UNIFORM),
    MIDX_POPULARITY(MidxSampler.POPULARITY),
    MIDX_RESIDUAL(MidxSampler.RESIDUAL),
    MIDX_EXACT(MidxSampler.EXACT);

    private final Optional<MidxSampler> midx;

    Sampler() {
      midx = Optional.empty();
    }

    Sampler(MidxSampler sampler) {
      midx = Optional.of(sampler);
    }

    Proposal proposal(Interactions train, Options o) {
      PositiveSets positives = new PositiveSets(train);
      return switch (this) {
        case UNIFORM -> new UniformProposal(positives);
        case POPULARITY -> new PopularityProposal(train, positives, o.popularity());
        case CLUSTER_UNIFORM -> clusters(train, positives, even(train.itemCount()), o);
        case CLUSTER_POPULARITY ->
            clusters(train, positives, seenOnce(o.popularity(), train.itemCounts()), o);
        case CLUSTER_UNIFORM_JOINT -> learned(train, positives, even(train.itemCount()), o);
        case CLUSTER_POPULARITY_JOINT ->
            learned(train, positives, seenOnce(o.popularity(), train.itemCounts()), o);
        case EXACT -> new SoftmaxPoolProposal(train, positives, o.dropTop(), o.pool());
        case MIDX_UNIFORM, MIDX_POPULARITY, MIDX_RESIDUAL, MIDX_EXACT ->
            midx.get().proposal(train, positives, o.popularity(), o.codewords(), o.pair().dim());
      };
    }

    private static Proposal clusters(
        Interactions train, PositiveSets positives, double[] weights, Options o) {
      return new ClusterProposal(train, positives, weights, o.clusters(), o.pair().dim());
    }

    private static Proposal learned(
        Interactions train, PositiveSets positives, double[] weights, Options o) {
      return new LearnedClusterProposal(
          train, positives, weights, o.clusters(), o.pair().dim(), o.clusterLoss());
    }

    private static double[] even(int items) {
      double[] weights = new double[items];
      Arrays.fill(weights, 1);
      return weights;
    }

    /** An item that was never seen counts as seen once: in a cluster it must have a weight. */
    private static double[] seenOnce(Popularity popularity, int[] counts) {
      return popularity.weights(Arrays.stream(counts).map(c -> Math.max(1, c)).toArray());
    }
  }

  public static final Option<Sampler> SAMPLER =
      Option.choice("sampler", Sampler.UNIFORM, "how negatives are drawn");
  public static final Option<Integer> CLUSTERS =
      Option.whole("clusters", 100, 1, 1 << 16, "clusters of items that the cluster samplers make");
  public static final Option<Integer> DROP_TOP =
      Option.whole(
          "drop-top",
          10,
          0,
          1_000_000,
          "highest-scored items of a user that sampler exact leaves out");
  public static final Option<Integer> POOL =
      Option.whole(
          "pool",
          200,
          1,
          1_000_000,
          "items that sampler exact draws for each user before an epoch");
  public static final Option<Boolean> WEIGHT_GRADIENT =
      Option.flag("weight-gradient", true, "whether the gradient goes through the weights");
  public static final Option<Double> TEMPERATURE =
      Option.real(
          "temperature",
          0.9,
          0.01,
          100,
          "of the softmax that stands in for the assignment to clusters where the samplers that end"
              + " in -joint learn it");
  public static final Option<Double> COOLING =
      Option.real(
          "cooling",
          1,
          0.01,
          1,
          "what that temperature is multiplied with after each epoch, until it is 0.1");
  public static final Option<Double> CLUSTER_RANKING =
      Option.real(
          "cluster-ranking",
          1,
          0,
          1e6,
          "weight of ranking by clusters in what the clusters are learned by");
  public static final Option<Double> CLUSTER_DISTANCE =
      Option.real(
              "cluster-distance",
              5,
              0,
              1e6,
              "weight of the mean squared distance of items from their centres, beside it")
          .orKnownAs("coef_kd");
  public static final Option<Double> CLUSTER_L2 =
      Option.real(
          "cluster-l2",
          0.1 / 128,
          0,
          1e6,
          "weight of the squared length of each centre and turned query in a batch, beside it");
  private static final List<Option<?>> OPTIONS =
      PairOptions.list(
          List.of(),
          SAMPLER,
          StaticSampler.WEIGHTS,
          CLUSTERS,
          MidxSampler.CODEWORDS,
          DROP_TOP,
          POOL,
          WEIGHT_GRADIENT,
          TEMPERATURE,
          COOLING,
          CLUSTER_RANKING,
          CLUSTER_DISTANCE,
          CLUSTER_L2);

  /**
   * What the model is and how it is trained; {@code pair} and {@code clusterLoss} aside, each
   * component is the option of that name.
   */
  public record Options(
      PairOptions pair,
      Sampler sampler,
      Popularity popularity,
      int clusters,
      int codewords,
      int dropTop,
      int pool,
      boolean weightGradient,
      ClusterLoss clusterLoss) {
    /**
     * @throws dev.tamis.config.TamisException of kind CONFIG if a number is out of the range of its
     *     option
     */
    public Options {
      CLUSTERS.check(clusters);
      MidxSampler.CODEWORDS.check(codewords);
      DROP_TOP.check(dropTop);
      POOL.check(pool);
      TEMPERATURE.check(clusterLoss.temperature());
      COOLING.check(clusterLoss.cooling());
      CLUSTER_RANKING.check(clusterLoss.ranking());
      CLUSTER_DISTANCE.check(clusterLoss.distance());
      CLUSTER_L2.check(clusterLoss.l2());
    }
  }

  @Override
  public String name() {
    return "pris";
  }

  @Override
  public String summary() {
    return "Pairwise ranking whose negatives are weighed by importance sampling.";
  }

  @Override
  public String citation() {
    return "Lian, Liu, Chen: Personalized Ranking with Importance Sampling. WWW 2020";
  }

  @Override
  public List<Option<?>> options() {
    return OPTIONS;
  }

  @Override
  public Options read(Settings given) {
    return new Options(
        PairOptions.read(given, OPTIONS),
        given.get(SAMPLER),
        given.get(StaticSampler.WEIGHTS),
        given.get(CLUSTERS),
        given.get(MidxSampler.CODEWORDS),
        given.get(DROP_TOP),
        given.get(POOL),
        given.get(WEIGHT_GRADIENT),
        new ClusterLoss(
            given.get(TEMPERATURE),
            given.get(COOLING),
            given.get(CLUSTER_RANKING),
            given.get(CLUSTER_DISTANCE),
            given.get(CLUSTER_L2),
            given.get(WEIGHT_GRADIENT)));
  }

  @Override
  public Settings settings(Options o) {
    return o.pair()
        .settings()
        .with(SAMPLER, o.sampler())
        .with(StaticSampler.WEIGHTS, o.popularity())
        .with(CLUSTERS, o.clusters())
        .with(MidxSampler.CODEWORDS, o.codewords())
        .with(DROP_TOP, o.dropTop())
        .with(POOL, o.pool())
        .with(WEIGHT_GRADIENT, o.weightGradient())
        .with(TEMPERATURE, o.clusterLoss().temperature())
        .with(COOLING, o.clusterLoss().cooling())
        .with(CLUSTER_RANKING, o.clusterLoss().ranking())
        .with(CLUSTER_DISTANCE, o.clusterLoss().distance())
        .with(CLUSTER_L2, o.clusterLoss().l2());
  }

  @Override
  public PairOptions pair(Options o) {
    return o.pair();
  }

  @Override
  public Parts parts(Interactions train, Options o) {
    return new Parts(
        o.sampler().proposal(train, o),
        List.of(new ImportanceWeights(true, o.weightGradient())),
        new PairwiseLogistic());
  }

  @Override
  public MemoryPlan plan(Interactions train, Options o, Run run) {
    MemoryPlan plan = PairMethod.super.plan(train, o, run);
    o.sampler().midx.ifPresent(midx -> midx.plan(plan, train, o.codewords(), o.pair().dim(), run));
    return o.sampler() == Sampler.EXACT
        ? plan.add("pools", UserPools.bytes(train.userCount(), o.pool()))
            .add(
                "scores of all items",
                SoftmaxPoolProposal.refreshBytes(train.itemCount(), run.threads()))
        : plan;
  }
}
