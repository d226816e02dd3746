package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.sample.Popularity;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.proposal.ClusterProposal;
import dev.tamis.sample.proposal.PopularityProposal;
import dev.tamis.sample.proposal.UniformProposal;
import dev.tamis.sample.refine.ImportanceWeights;
import java.util.Arrays;
import java.util.List;

/**
 * Personalised ranking with importance sampling: negatives come from a proposal {@code Q} and are
 * weighed by {@code softmax(s - ln Q)}, so that hard ones count most.
 *
 * <p>Lian, Liu, Chen: Personalized Ranking with Importance Sampling, WWW 2020, equations 5, 6 and
 * section 4.2; samplers U, P, CU and CP. Defaults are those of its code ({@link PairOptions}):
 * there the gradient goes through the weights, which the paper does not say. Clusters are made anew
 * before each epoch but the first, from the centres of the epoch before.
 */
public final class Pris implements PairMethod<Pris.Options> {
  /** How negatives are drawn. */
  public enum Sampler {
    UNIFORM,
    POPULARITY,
    CLUSTER_UNIFORM,
    CLUSTER_POPULARITY;

    Proposal proposal(Interactions train, Options o) {
      PositiveSets positives = new PositiveSets(train);
      return switch (this) {
        case UNIFORM -> new UniformProposal(train, positives);
        case POPULARITY -> new PopularityProposal(train, positives, o.popularity());
        case CLUSTER_UNIFORM -> clusters(train, positives, even(train.itemCount()), o);
        case CLUSTER_POPULARITY ->
            clusters(train, positives, seenOnce(o.popularity(), train.itemCounts()), o);
      };
    }

    private static Proposal clusters(
        Interactions train, PositiveSets positives, double[] weights, Options o) {
      return new ClusterProposal(train, positives, weights, o.clusters(), o.pair().dim());
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
  public static final Option<Boolean> WEIGHT_GRADIENT =
      Option.flag("weight-gradient", true, "whether the gradient goes through the weights");
  private static final List<Option<?>> OPTIONS =
      PairOptions.list(List.of(), SAMPLER, StaticSampler.WEIGHTS, CLUSTERS, WEIGHT_GRADIENT);

  /**
   * What the model is and how it is trained; {@code pair} aside, each component is the option of
   * that name.
   */
  public record Options(
      PairOptions pair,
      Sampler sampler,
      Popularity popularity,
      int clusters,
      boolean weightGradient) {}

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
        given.get(WEIGHT_GRADIENT));
  }

  @Override
  public Settings settings(Options o) {
    return o.pair()
        .settings()
        .with(SAMPLER, o.sampler())
        .with(StaticSampler.WEIGHTS, o.popularity())
        .with(CLUSTERS, o.clusters())
        .with(WEIGHT_GRADIENT, o.weightGradient());
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
        new dev.tamis.objective.Bpr());
  }
}
