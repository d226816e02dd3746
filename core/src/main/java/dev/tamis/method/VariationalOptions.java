package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What every variational autoencoder of histories has: {@code net} aside, each component is the
 * option of that name. Defaults are those of Mult-VAE's paper and code for MovieLens-20M: a
 * divergence weight of min(0.2, step / 200,000).
 */
public record VariationalOptions(
    AutoencoderOptions net,
    double klCap,
    int klAnnealSteps,
    KlSelection klSelection,
    int klPatience,
    int samples) {
  /** How the highest weight of the divergence is found. */
  public enum KlSelection {
    /** It is given: {@code kl-cap}. */
    GIVEN,
    /** By a run with cap 1, whose best epoch tells (section 2.2.2). */
    TWO_RUN,
    /** In the run itself: once validation falls, the weight stays at that of its best epoch. */
    FREEZE
  }

  public static final Option<Double> KL_CAP =
      Option.real("kl-cap", 0.2, 0, 100, "highest weight of the divergence")
          .orKnownAs("beta", "anneal_cap");
  public static final Option<Integer> KL_ANNEAL_STEPS =
      Option.whole(
              "kl-anneal-steps",
              200_000,
              0,
              Integer.MAX_VALUE,
              "steps in which the weight of the divergence would rise to 1")
          .orKnownAs("total_anneal_steps");
  public static final Option<KlSelection> KL_SELECTION =
      Option.choice(
          "kl-selection",
          KlSelection.GIVEN,
          "whether kl-cap is given, or found by validation: by a first run with cap 1, or in the"
              + " run itself, which freezes the weight of the best epoch once validation falls");
  public static final Option<Integer> KL_PATIENCE =
      Option.whole(
          "kl-patience",
          3,
          1,
          100_000,
          "measurements without a new best after which kl-selection freeze freezes the weight");

  public static final Option<Integer> SAMPLES =
      Option.whole(
          "samples",
          1,
          1,
          1000,
          "codes drawn for each history in each step; its likelihood is the mean of theirs");

  /**
   * @throws dev.tamis.config.TamisException of kind CONFIG if a number is out of the range of its
   *     option
   */
  public VariationalOptions {
    KL_CAP.check(klCap);
    KL_ANNEAL_STEPS.check(klAnnealSteps);
    KL_PATIENCE.check(klPatience);
    SAMPLES.check(samples);
  }

  /** All of them, then more. */
  static List<Option<?>> list(Option<?>... more) {
    List<Option<?>> all =
        new ArrayList<>(List.of(KL_CAP, KL_ANNEAL_STEPS, KL_SELECTION, KL_PATIENCE, SAMPLES));
    all.addAll(Arrays.asList(more));
    return AutoencoderOptions.list(List.of(), all.toArray(Option<?>[]::new));
  }

  /** The values given, and the defaults of {@code options}, a list made by {@link #list}. */
  static VariationalOptions read(Settings given, List<Option<?>> options) {
    return new VariationalOptions(
        AutoencoderOptions.read(given, options),
        given.get(KL_CAP),
        given.get(KL_ANNEAL_STEPS),
        given.get(KL_SELECTION),
        given.get(KL_PATIENCE),
        given.get(SAMPLES));
  }

  Settings settings() {
    return net.settings()
        .with(KL_CAP, klCap)
        .with(KL_ANNEAL_STEPS, klAnnealSteps)
        .with(KL_SELECTION, klSelection)
        .with(KL_PATIENCE, klPatience)
        .with(SAMPLES, samples);
  }
}
