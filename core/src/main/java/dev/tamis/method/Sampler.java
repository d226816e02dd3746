package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.sample.Proposal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A way to draw negatives that can be measured by itself: what some method draws by.
 *
 * @param name in kebab-case, for example "cluster-uniform"
 * @param summary what it draws by, one phrase
 * @param options what may be set of it, with the method's defaults
 * @param maker makes it
 */
public record Sampler(String name, String summary, List<Option<?>> options, Maker maker) {
  /** Makes the proposal. */
  @FunctionalInterface
  public interface Maker {
    /**
     * For training data and a model.
     *
     * @param width of the model's queries and item vectors
     * @param given values of {@link Sampler#options}; the others have their defaults
     * @throws TamisException if it cannot draw for these data
     */
    Proposal make(Interactions train, int width, Settings given);
  }

  public Sampler {
    Objects.requireNonNull(name);
    Objects.requireNonNull(summary);
    options = List.copyOf(options);
    Objects.requireNonNull(maker);
  }

  /**
   * What a method draws by.
   *
   * @param options of the method, which may be set
   * @param fixed options of the method that make it this sampler: "popularity=count"
   */
  static <O extends Record> Sampler of(
      String name, String summary, PairMethod<O> method, List<Option<?>> options, String... fixed) {
    Map<String, String> texts = new TreeMap<>();
    for (String setting : fixed) {
      int equals = setting.indexOf('=');
      texts.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    Settings itself = Settings.parse("method '" + method.name() + "'", method.options(), texts);
    return new Sampler(
        name,
        summary,
        options,
        (train, width, given) -> {
          Settings all = itself.with(given.withDefaults(options));
          O read = method.read(all.with(CommonOptions.DIM, width));
          return method.parts(train, read).proposal();
        });
  }

  /** Makes it with the defaults of its options. */
  public Proposal make(Interactions train, int width) {
    return maker.make(train, width, Settings.none());
  }

  /**
   * Values for its options.
   *
   * @param texts by the names of options; those that it has not are passed over
   * @throws TamisException of kind CONFIG for a value that is not allowed
   */
  public Settings read(Map<String, String> texts) {
    Map<String, String> mine = new TreeMap<>(texts);
    mine.keySet().removeIf(text -> options.stream().noneMatch(o -> o.name().equals(text)));
    return Settings.parse("sampler '" + name + "'", options, mine);
  }
}
