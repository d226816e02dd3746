package dev.tamis.method;

import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.sample.Proposal;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A way to draw negatives that can be measured by itself: what some method draws by, with some of
 * its options.
 *
 * @param name in kebab-case, for example "cluster-uniform"
 * @param summary what it draws by, one phrase
 * @param maker makes it
 */
public record Sampler(String name, String summary, Maker maker) {
  /** Makes the proposal. */
  @FunctionalInterface
  public interface Maker {
    /**
     * For training data and a model.
     *
     * @param width of the model's queries and item vectors
     * @throws TamisException if it cannot draw for these data
     */
    Proposal make(Interactions train, int width);
  }

  public Sampler {
    Objects.requireNonNull(name);
    Objects.requireNonNull(summary);
    Objects.requireNonNull(maker);
  }

  /**
   * What a method draws by.
   *
   * @param settings options other than their defaults: "popularity=count"
   */
  static <O extends Record> Sampler of(
      String name, String summary, PairMethod<O> method, String... settings) {
    TreeMap<String, String> texts = new TreeMap<>();
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      texts.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    return new Sampler(
        name,
        summary,
        (train, width) -> {
          Settings given = Settings.parse("sampler '" + name + "'", method.options(), texts);
          O options = method.read(given.with(CommonOptions.DIM, width));
          return method.parts(train, options).proposal();
        });
  }
}
