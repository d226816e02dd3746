package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Suggestion;
import dev.tamis.config.TamisException;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.proposal.BestOfProposal;
import java.util.List;

/** All samplers that can be measured on a trained model. Adding one is a line here. */
public final class Samplers {
  private static final List<Option<?>> NONE = List.of();
  private static final List<Option<?>> CLUSTERS = List.of(Pris.CLUSTERS);
  private static final List<Option<?>> POOLS = List.of(AdaSir.POOL, AdaSir.CANDIDATES);

  private static final List<Sampler> ALL =
      List.of(
          Sampler.of("uniform", "evenly", new Pris(), NONE, "sampler=uniform"),
          popularity("popularity-log", "by ln(1 + count)", "log"),
          popularity("popularity-power", "by count^0.75", "power"),
          popularity("popularity-count", "by count", "count"),
          Sampler.of(
              "shared-popularity",
              "by ln(1 + count) for a group of rows, positives too",
              new SampledSoftmax(),
              NONE,
              "sampler=popularity",
              "shared-negatives=true"),
          Sampler.of(
              "cluster-uniform",
              "a cluster by its centre, then evenly",
              new Pris(),
              CLUSTERS,
              "sampler=cluster-uniform"),
          Sampler.of(
              "cluster-popularity",
              "a cluster by its centre, then by ln(1 + count)",
              new Pris(),
              CLUSTERS,
              "sampler=cluster-popularity"),
          Sampler.of(
              "adasir-uniform",
              "a pool of each user, resampled from even draws",
              new AdaSir(),
              POOLS,
              "sampler=uniform"),
          Sampler.of(
              "adasir-popularity",
              "a pool of each user, resampled from draws by ln(1 + count)",
              new AdaSir(),
              POOLS,
              "sampler=popularity"),
          Sampler.of(
              "exact",
              "a pool of each user, drawn from the softmax of the last refresh",
              new Pris(),
              List.of(Pris.POOL, Pris.DROP_TOP),
              "sampler=exact"),
          Sampler.of(
              "factor-ranks",
              "by the rank in a factor of the query",
              new Aobpr(),
              List.of(Aobpr.RANK_SCALE),
              "importance-weights=true"),
          new Sampler(
              "best-of",
              "the best scored of " + HistorySampling.DNS_TRIES + " drawn evenly",
              NONE,
              (train, width, given) ->
                  new BestOfProposal(new PositiveSets(train), HistorySampling.DNS_TRIES, width)),
          Sampler.of(
              "kernel",
              "by a quadratic kernel",
              new KernelSampling(),
              List.of(KernelSampling.ALPHA, KernelSampling.LEAF_ITEMS)),
          midx("midx-uniform", "a cell by its codewords, then evenly"),
          midx("midx-popularity", "a cell by its codewords, then by ln(1 + count)"),
          midx("midx-residual", "a cell by its codewords, then by scores"),
          Sampler.of("midx-exact", "by the softmax", new Pris(), NONE, "sampler=midx-exact"));

  private Samplers() {}

  /** Every sampler, in the order in which they are listed. */
  public static List<Sampler> all() {
    return ALL;
  }

  /**
   * The sampler of a name.
   *
   * @throws TamisException of kind USAGE if there is none, with the nearest name
   */
  public static Sampler named(String name) {
    for (Sampler sampler : ALL) {
      if (sampler.name().equals(name)) {
        return sampler;
      }
    }
    List<String> names = ALL.stream().map(Sampler::name).toList();
    throw TamisException.usage(
        "there is no sampler '"
            + name
            + "'"
            + Suggestion.clause(name, names)
            + " (known: "
            + String.join(", ", names)
            + ")");
  }

  private static Sampler midx(String name, String summary) {
    return Sampler.of(name, summary, new Pris(), List.of(MidxSampler.CODEWORDS), "sampler=" + name);
  }

  private static Sampler popularity(String name, String summary, String weights) {
    return Sampler.of(
        name, summary, new Pris(), NONE, "sampler=popularity", "popularity=" + weights);
  }
}
