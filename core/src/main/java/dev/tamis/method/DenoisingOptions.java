package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What every denoising autoencoder of histories has. Defaults are those of Mult-DAE's paper for
 * MovieLens-20M: [items-200-items]. The paper's weight decay of 0.01 is, in the authors' code,
 * {@code 0.01 / 500 * sum |W|^2} beside the mean over users, so {@code weight-decay} is 2e-5 here.
 */
public record DenoisingOptions(AutoencoderOptions net, double weightDecay) {
  public static final Option<List<Integer>> HIDDEN =
      AutoencoderOptions.HIDDEN.withDefault(List.of());
  public static final Option<Double> WEIGHT_DECAY =
      Option.real(
              "weight-decay",
              2e-5,
              0,
              1,
              "weight of the squared length of all weights, biases left out")
          .orKnownAs("l2", "reg_weight");

  /**
   * @throws dev.tamis.config.TamisException of kind CONFIG if the weight is out of the range of its
   *     option
   */
  public DenoisingOptions {
    WEIGHT_DECAY.check(weightDecay);
  }

  /** All of them, those in {@code instead} with the defaults that they have there, then more. */
  static List<Option<?>> list(List<Option<?>> instead, Option<?>... more) {
    List<Option<?>> others = new ArrayList<>(List.of(HIDDEN));
    others.addAll(instead);
    List<Option<?>> all = new ArrayList<>(List.of(WEIGHT_DECAY));
    all.addAll(Arrays.asList(more));
    return AutoencoderOptions.list(others, all.toArray(Option<?>[]::new));
  }

  /** The values given, and the defaults of {@code options}, a list made by {@link #list}. */
  static DenoisingOptions read(Settings given, List<Option<?>> options) {
    Settings all = given.withDefaults(options);
    return new DenoisingOptions(AutoencoderOptions.read(given, options), all.get(WEIGHT_DECAY));
  }

  Settings settings() {
    return net.settings().with(WEIGHT_DECAY, weightDecay);
  }
}
