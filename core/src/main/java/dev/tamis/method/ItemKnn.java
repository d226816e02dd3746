package dev.tamis.method;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.solve.ItemSimilarities;
import dev.tamis.solve.SparseRows;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Items with the most similar users ({@link ItemSimilarities}): each item of a history speaks for
 * its neighbours. There is nothing to draw and nothing to learn; every pair counts 1, ratings are
 * not looked at.
 *
 * <p>Deshpande and Karypis: Item-Based Top-N Recommendation Algorithms, ACM TOIS 2004; 20
 * neighbours are theirs, and they do not shrink. TF-IDF and BM25 are the weights of text retrieval,
 * with items as documents and users as words.
 */
public final class ItemKnn implements Method<ItemKnn.Options> {
  public static final Option<Integer> NEIGHBOURS =
      Option.whole("neighbours", 20, 1, 1 << 24, "how many neighbours of an item are kept")
          .orKnownAs("k", "K", "topK");
  public static final Option<ItemSimilarities.Measure> SIMILARITY =
      Option.choice(
          "similarity",
          ItemSimilarities.Measure.COSINE,
          "of two items: the weight of users who have both, by the lengths of both (cosine) or"
              + " alone (inner-product), or the users of both by those of either (jaccard)");
  public static final Option<ItemSimilarities.Weighting> WEIGHTING =
      Option.choice(
          "weighting",
          ItemSimilarities.Weighting.NONE,
          "of users: alike, or the less the more items they have; bm25 counts popular items less,"
              + " too, which matters to inner-product");
  public static final Option<Double> SHRINKAGE =
      Option.real("shrinkage", 0, 0, 1e9, "added to what is divided by: holds rare items back")
          .orKnownAs("shrink");

  private static final List<Option<?>> OPTIONS =
      List.of(NEIGHBOURS, SIMILARITY, WEIGHTING, SHRINKAGE);

  /** What the model is; each component is the option of that name. */
  public record Options(
      int neighbours,
      ItemSimilarities.Measure similarity,
      ItemSimilarities.Weighting weighting,
      double shrinkage) {
    /**
     * @throws dev.tamis.config.TamisException of kind CONFIG if a number is out of the range of its
     *     option, or sets are to be compared with weights
     */
    public Options {
      NEIGHBOURS.check(neighbours);
      SHRINKAGE.check(shrinkage);
      ItemSimilarities.check(weighting, similarity);
    }
  }

  @Override
  public String name() {
    return "item-knn";
  }

  @Override
  public String summary() {
    return "The neighbours of each item of a history, by who has them; ranks users it has never"
        + " seen.";
  }

  @Override
  public String citation() {
    return "Deshpande, Karypis: Item-Based Top-N Recommendation Algorithms. ACM TOIS 2004";
  }

  @Override
  public boolean ranksUnseenUsers() {
    return true;
  }

  @Override
  public List<Option<?>> options() {
    return OPTIONS;
  }

  @Override
  public Options readKnown(Settings given) {
    return new Options(
        given.get(NEIGHBOURS), given.get(SIMILARITY), given.get(WEIGHTING), given.get(SHRINKAGE));
  }

  private static Settings settings(Options o) {
    return Settings.none()
        .with(NEIGHBOURS, o.neighbours())
        .with(SIMILARITY, o.similarity())
        .with(WEIGHTING, o.weighting())
        .with(SHRINKAGE, o.shrinkage());
  }

  @Override
  public MemoryPlan plan(Interactions train, Options o, Run run) {
    int items = train.itemCount();
    int neighbours = Math.min(o.neighbours(), items);
    return new MemoryPlan()
        .add("neighbours", items * (16L * neighbours + 40))
        .add(
            "work space",
            ItemSimilarities.bytes(train.userCount(), items, train.size(), run.threads()));
  }

  @Override
  public TrainedModel fit(Interactions train, Options o, Run run) {
    return ItemNeighbours.fit(
        name(),
        settings(o).complete(OPTIONS),
        train,
        run,
        (SparseRows users, Workers workers, IntConsumer progress) ->
            new ItemSimilarities(users, o.weighting(), o.similarity(), o.shrinkage(), workers)
                .solve(o.neighbours(), progress));
  }
}
