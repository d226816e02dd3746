package dev.tamis.method.sampler;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** The samplers that a method offers: option {@code sampler}, and what may be set of each. */
public final class SamplerOffer {
  private final List<Sampler> samplers;
  private final Option<Sampler> sampler;
  private final List<Option<?>> options;

  private SamplerOffer(List<Sampler> samplers, Sampler byDefault, String meaning) {
    this.samplers = samplers;
    this.sampler = Option.named("sampler", byDefault, samplers, Sampler::name, meaning);
    List<Option<?>> all = new ArrayList<>(List.of(sampler));
    for (Sampler one : samplers) {
      for (Option<?> option : one.options()) {
        if (!all.contains(option)) {
          all.add(option);
        }
      }
    }
    this.options = List.copyOf(all);
  }

  /**
   * Those that suit a method, from among all that are for training.
   *
   * @param meaning what they are for, one phrase
   */
  public static SamplerOffer of(Predicate<Sampler> suits, Sampler byDefault, String meaning) {
    return new SamplerOffer(
        Samplers.all().stream()
            .filter(one -> one.use() != Sampler.Use.MEASURING)
            .filter(suits)
            .toList(),
        byDefault,
        meaning);
  }

  /** What is offered. */
  public List<Sampler> samplers() {
    return samplers;
  }

  /** Which sampler. */
  public Option<Sampler> sampler() {
    return sampler;
  }

  /** {@link #sampler}, then each option that a sampler has, once. */
  public List<Option<?>> options() {
    return options;
  }

  /** {@link #options} and others after them. */
  public List<Option<?>> optionsAnd(Option<?>... more) {
    List<Option<?>> all = new ArrayList<>(options);
    all.addAll(Arrays.asList(more));
    return List.copyOf(all);
  }

  /** What is chosen by settings, with a value for every option that is offered. */
  public Sampling read(Settings given) {
    return new Sampling(given.get(sampler), given.withDefaults(options.subList(1, options.size())));
  }

  /** Settings with what is chosen. */
  public Settings add(Settings settings, Sampling chosen) {
    return settings.with(sampler, chosen.sampler()).with(chosen.settings());
  }
}
