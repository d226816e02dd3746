package dev.tamis.method.sampler;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A way to draw items, by name. Listed in {@link Samplers}, it is offered by every method whose
 * loss and queries it suits, and can be measured by itself. Samplers hold nothing and are compared
 * by identity.
 */
public interface Sampler {
  /** What it knows of its draws. */
  enum Law {
    /** The log-probability of each, but for a constant a row: what a sampled softmax needs. */
    EXACT,
    /** A number that stands for it in importance weights. */
    WEIGHTS,
    /** Nothing. */
    UNKNOWN
  }

  /** What it is for. */
  enum Use {
    TRAINING_AND_MEASURING,
    /** It learns along with a model, so a finished model does not tell what it draws by. */
    TRAINING,
    /** It shows what a method of its own, or certain options of another sampler, draw by. */
    MEASURING
  }

  /** In kebab-case, for example "cluster-uniform". */
  String name();

  /** What it draws by, one phrase. */
  String summary();

  /** What may be set of it. */
  default List<Option<?>> options() {
    return List.of();
  }

  default Law law() {
    return Law.EXACT;
  }

  default Use use() {
    return Use.TRAINING_AND_MEASURING;
  }

  /**
   * Whether it needs rows that are pairs of a user and an item, so that it cannot draw for encoded
   * histories: it keeps something for each user, or learns from pairs.
   */
  default boolean pairsOnly() {
    return false;
  }

  /**
   * The weights with which it draws items whatever the query, so that rows can share draws; empty
   * where it goes by the query.
   */
  default Optional<ItemWeights> itemWeights() {
    return Optional.empty();
  }

  /** Weights of items for training data. */
  @FunctionalInterface
  interface ItemWeights {
    /** [items] finite, not negative, not all zero. */
    double[] of(Interactions train, Settings settings);
  }

  /**
   * Makes what draws.
   *
   * @param refused pairs of the training data that it does not draw
   * @param width of queries and item vectors
   * @param settings values of {@link #options}; the others have their defaults
   * @throws TamisException of kind CONFIG or BAD_DATA if it cannot draw for these data
   */
  Proposal proposal(Interactions train, PositiveSets refused, int width, Settings settings);

  /** The same, drawing no pair of the training data. */
  default Proposal proposal(Interactions train, int width, Settings settings) {
    return proposal(train, new PositiveSets(train), width, settings);
  }

  /** Adds what it holds to a plan, positives and tables of the model left out. */
  default void plan(MemoryPlan plan, Interactions train, int width, Settings settings, Run run) {}

  /**
   * Adds what it holds to learn from pairs, where it does.
   *
   * @param rows pairs of a batch
   * @param negatives candidates of each
   */
  default void planLearning(
      MemoryPlan plan, int width, int rows, int negatives, Settings settings, Run run) {}

  /**
   * Values for its options.
   *
   * @param texts by the names of options; those that it has not are passed over
   * @throws TamisException of kind CONFIG for a value that is not allowed
   */
  default Settings read(Map<String, String> texts) {
    Map<String, String> mine = new TreeMap<>(texts);
    mine.keySet().removeIf(text -> options().stream().noneMatch(o -> o.name().equals(text)));
    return Settings.parse("sampler '" + name() + "'", options(), mine);
  }
}
