package dev.tamis.method.sampler;

import dev.tamis.config.Suggestion;
import dev.tamis.config.TamisException;
import dev.tamis.method.sampler.MidxSampler.Within;
import dev.tamis.method.sampler.Sampler.Use;
import dev.tamis.sample.Popularity;
import java.util.List;

/**
 * All samplers. A line here offers one to the methods that it suits, to {@code tamis samplers} and
 * to the tests of what every sampler keeps.
 */
public final class Samplers {
  /** All items alike. */
  public static final Sampler UNIFORM = new UniformSampler();

  /** Items by popularity. */
  public static final Sampler POPULARITY = new PopularitySampler();

  private static final List<Sampler> ALL =
      List.of(
          UNIFORM,
          POPULARITY,
          new WeightsSampler("popularity-power", "by count^0.75", Popularity.POWER, false),
          new WeightsSampler("popularity-count", "by count", Popularity.COUNT, false),
          new WeightsSampler(
              "shared-popularity",
              "by ln(1 + count) for a group of rows, positives too",
              Popularity.LOG,
              true),
          new ClusterSampler(false, false),
          new ClusterSampler(true, false),
          new ClusterSampler(false, true),
          new ClusterSampler(true, true),
          new UserPoolSampler(false),
          new UserPoolSampler(true),
          new SoftmaxPoolSampler(),
          new FactorRankSampler(),
          new BestOfSampler(),
          new KernelSampler(),
          new MidxSampler(Within.UNIFORM),
          new MidxSampler(Within.POPULARITY),
          new MidxSampler(Within.RESIDUAL),
          new MidxSampler(Within.EXACT));

  private Samplers() {}

  /** Every sampler, in the order in which they are listed. */
  public static List<Sampler> all() {
    return ALL;
  }

  /** Those that can be measured on a trained model. */
  public static List<Sampler> measured() {
    return ALL.stream().filter(sampler -> sampler.use() != Use.TRAINING).toList();
  }

  /**
   * The sampler of a name, among those that can be measured.
   *
   * @throws TamisException of kind USAGE if there is none, with the nearest name
   */
  public static Sampler measured(String name) {
    return named(name, measured());
  }

  /**
   * The sampler of a name.
   *
   * @throws TamisException of kind USAGE if there is none, with the nearest name
   */
  public static Sampler named(String name) {
    return named(name, ALL);
  }

  private static Sampler named(String name, List<Sampler> among) {
    for (Sampler sampler : among) {
      if (sampler.name().equals(name)) {
        return sampler;
      }
    }
    List<String> names = among.stream().map(Sampler::name).toList();
    throw TamisException.usage(
        "there is no sampler '" + name + "'" + Suggestion.among(name, names));
  }
}
