package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.objective.SampledCrossEntropy;
import dev.tamis.sample.ItemCache;
import dev.tamis.sample.proposal.CachedBatchProposal;
import dev.tamis.sample.refine.CacheRenewal;
import dev.tamis.sample.refine.Resample;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import java.util.List;

/**
 * Cache-augmented inbatch importance resampling: each row draws negatives from the positives of its
 * batch and from a cache of items that were often drawn before ({@link ItemCache}), and the loss is
 * a blend of both.
 *
 * <p>Chen, Lian, Li, Wang, Zheng, Chen: Cache-Augmented Inbatch Importance Resampling for Training
 * Recommender Retriever, NeurIPS 2022, section 4.2; defaults in {@link InBatchOptions}, beside a
 * cache as large as a batch, half as many draws from each, and equal shares. The paper draws the
 * cache anew among all items, its code among those drawn in the last step ({@code cache-refresh});
 * both by how often they were drawn since training began, which {@code occurrence-decay} below 1
 * lets fade. As in its code all items count as drawn once before, and an item of the cache is
 * corrected by its popularity.
 */
public final class Xir implements InBatchMethod<Xir.Options> {
  public static final Option<Integer> CACHE =
      Option.whole("cache", 0, 0, 1 << 20, "items in the cache; 0 for as many as batch-size");
  public static final Option<Integer> RESAMPLE =
      Option.whole(
          "resample",
          0,
          0,
          1 << 20,
          "negatives that a row draws from its batch, and as many from the cache; 0 for half of"
              + " cache");
  public static final Option<Double> CACHE_SHARE =
      Option.real("cache-share", 0.5, 0, 1, "share of the cache in the loss").orKnownAs("lambda");
  public static final Option<ItemCache.Refresh> CACHE_REFRESH =
      Option.choice(
          "cache-refresh",
          ItemCache.Refresh.CODE,
          "among which items the cache is drawn anew: all of them as in the paper, or those drawn"
              + " in the last step as in its code");
  public static final Option<Double> OCCURRENCE_DECAY =
      Option.real(
          "occurrence-decay",
          1,
          0,
          1,
          "what occurrences are multiplied with after each step; 1 keeps all");
  private static final List<Option<?>> OPTIONS =
      InBatchOptions.list(CACHE, RESAMPLE, CACHE_SHARE, CACHE_REFRESH, OCCURRENCE_DECAY);

  /**
   * What the model is and how it is trained; {@code inBatch} aside, each component is the option of
   * that name.
   */
  public record Options(
      InBatchOptions inBatch,
      int cache,
      int resample,
      double cacheShare,
      ItemCache.Refresh cacheRefresh,
      double occurrenceDecay) {
    /**
     * @throws dev.tamis.config.TamisException of kind CONFIG if a number is out of the range of its
     *     option
     */
    public Options {
      CACHE.check(cache);
      RESAMPLE.check(resample);
      CACHE_SHARE.check(cacheShare);
      OCCURRENCE_DECAY.check(occurrenceDecay);
    }
  }

  @Override
  public String name() {
    return "xir";
  }

  @Override
  public String summary() {
    return "A positive among negatives that each row draws from its batch and from a cache.";
  }

  @Override
  public String citation() {
    return "Chen, Lian, Li, Wang, Zheng, Chen: Cache-Augmented Inbatch Importance Resampling for"
        + " Training Recommender Retriever. NeurIPS 2022";
  }

  @Override
  public List<Option<?>> options() {
    return OPTIONS;
  }

  @Override
  public Options readKnown(Settings given) {
    return new Options(
        InBatchOptions.read(given, OPTIONS),
        given.get(CACHE),
        given.get(RESAMPLE),
        given.get(CACHE_SHARE),
        given.get(CACHE_REFRESH),
        given.get(OCCURRENCE_DECAY));
  }

  @Override
  public Settings settings(Options o) {
    return o.inBatch()
        .settings()
        .with(CACHE, o.cache())
        .with(RESAMPLE, o.resample())
        .with(CACHE_SHARE, o.cacheShare())
        .with(CACHE_REFRESH, o.cacheRefresh())
        .with(OCCURRENCE_DECAY, o.occurrenceDecay());
  }

  @Override
  public InBatchOptions inBatch(Options o) {
    return o.inBatch();
  }

  @Override
  public int candidatesOfBatch(Options o) {
    return o.inBatch().batchSize() + o.inBatch().orBatchSize(o.cache());
  }

  /**
   * @throws TamisException of kind CONFIG if nothing would be drawn
   */
  @Override
  public Parts parts(Interactions train, Options o) {
    int places = o.inBatch().orBatchSize(o.cache());
    int draws = o.resample() == 0 ? places / 2 : o.resample();
    if (draws == 0) {
      throw TamisException.config(
          "half of a cache of 1 is no draw at all; set resample to at least 1, or cache to at least"
              + " 2");
    }
    ItemCache cache =
        new ItemCache(train.itemCount(), places, o.cacheRefresh(), o.occurrenceDecay());
    return new Parts(
        new CachedBatchProposal(train, cache, o.inBatch().keepsAccidentalHits()),
        List.of(new Resample(draws, places), new CacheRenewal(cache, draws)),
        SampledCrossEntropy.blended(places, o.cacheShare()));
  }

  @Override
  public MemoryPlan plan(Interactions train, Options o, Run run) {
    int places = o.inBatch().orBatchSize(o.cache());
    return InBatchMethod.super
        .plan(train, o, run)
        .add("cache", ItemCache.bytes(train.itemCount(), places));
  }
}
