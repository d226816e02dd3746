package dev.tamis.sample;

import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.method.sampler.Samplers;
import dev.tamis.model.Initial;
import dev.tamis.model.ItemTable;
import dev.tamis.model.PairModel;
import dev.tamis.model.Table;
import dev.tamis.model.score.DotScore;
import dev.tamis.model.tower.UserRows;
import dev.tamis.sample.proposal.BatchProposal;
import dev.tamis.sample.proposal.BestOfProposal;
import dev.tamis.sample.proposal.CachedBatchProposal;
import dev.tamis.sample.proposal.ClusterLoss;
import dev.tamis.sample.proposal.ClusterProposal;
import dev.tamis.sample.proposal.FactorRankProposal;
import dev.tamis.sample.proposal.GeneratorProposal;
import dev.tamis.sample.proposal.KernelTreeProposal;
import dev.tamis.sample.proposal.LearnedClusterProposal;
import dev.tamis.sample.proposal.MemoryProposal;
import dev.tamis.sample.proposal.MidxProposal;
import dev.tamis.sample.proposal.MixedBatchProposal;
import dev.tamis.sample.proposal.PopularityProposal;
import dev.tamis.sample.proposal.SharedProposal;
import dev.tamis.sample.proposal.SoftmaxPoolProposal;
import dev.tamis.sample.proposal.SoftmaxProposal;
import dev.tamis.sample.proposal.UniformProposal;
import dev.tamis.sample.proposal.UserPoolProposal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every proposal there is. Those of registered samplers come by themselves where they are not
 * listed; a line here is for one that small data ask other options of, or that is made in several
 * ways.
 */
final class EnrolledProposals {
  private static final List<Enrolled> LISTED =
      List.of(
          new Enrolled("uniform", t -> new UniformProposal(new PositiveSets(t))),
          new Enrolled("uniform, positives too", t -> new UniformProposal(PositiveSets.none(t))),
          new Enrolled("popularity by count", popularity(Popularity.COUNT, PositiveSets::new)),
          new Enrolled("popularity by log", popularity(Popularity.LOG, PositiveSets::new)),
          new Enrolled(
              "popularity by log, positives too", popularity(Popularity.LOG, PositiveSets::none)),
          new Enrolled("popularity by power", popularity(Popularity.POWER, PositiveSets::new)),
          new Enrolled(
              "shared by a group",
              t -> new SharedProposal(Popularity.LOG.weights(t.itemCounts()), false)),
          new Enrolled("clusters by their own number", clusters(c -> 1)),
          new Enrolled("clusters by popularity", clusters(c -> Math.log1p(Math.max(1, c)))),
          new Enrolled("learned clusters by their own number", learned(c -> 1)),
          new Enrolled("learned clusters by popularity", learned(c -> Math.log1p(Math.max(1, c)))),
          new Enrolled("user pools over uniform", t -> pools(t, true)),
          new Enrolled("user pools over popularity", t -> pools(t, false)),
          new Enrolled("memories", EnrolledProposals::memories),
          new Enrolled("another model's", EnrolledProposals::generator),
          new Enrolled(
              "pools of softmax", t -> new SoftmaxPoolProposal(t, new PositiveSets(t), 4, 37)),
          new Enrolled("ranks in factors", factorRanks(8, true)),
          new Enrolled("the highest ranks in factors", factorRanks(0.5, true)),
          new Enrolled("ranks in factors, not weighed", factorRanks(8, false)),
          new Enrolled("kernel tree", kernelTree(1, 4, PositiveSets::new)),
          new Enrolled("kernel tree, positives too", kernelTree(1, 4, PositiveSets::none)),
          new Enrolled("kernel tree of one bucket, steep", kernelTree(100, 60, PositiveSets::new)),
          new Enrolled("multi-index, evenly", midx(c -> 1, PositiveSets::new)),
          new Enrolled("multi-index, evenly, positives too", midx(c -> 1, PositiveSets::none)),
          new Enrolled(
              "multi-index by popularity", midx(c -> Math.log1p(c) + 1e-6, PositiveSets::new)),
          new Enrolled(
              "multi-index by popularity, positives too",
              midx(c -> Math.log1p(c) + 1e-6, PositiveSets::none)),
          new Enrolled("multi-index by residuals", residual(PositiveSets::new)),
          new Enrolled("multi-index by residuals, positives too", residual(PositiveSets::none)),
          new Enrolled("the best of 5", bestOf(PositiveSets::new)),
          new Enrolled("the best of 5, positives too", bestOf(PositiveSets::none)),
          new Enrolled("softmax", softmax(PositiveSets::new)),
          new Enrolled("softmax, positives too", softmax(PositiveSets::none)));

  static final List<Enrolled> ALL = Stream.concat(LISTED.stream(), registered(LISTED)).toList();

  /** Those whose candidates are of the batch, which have a test of their own. */
  static final List<Enrolled> IN_BATCH =
      List.of(
          new Enrolled("batch", t -> new BatchProposal(t, new CountedFrequency(t), true)),
          new Enrolled("batch and evenly", t -> new MixedBatchProposal(t, 30, true, true)),
          new Enrolled("batch and cache", EnrolledProposals::cached));

  /** The width of queries and item vectors; with 16 clusters too, kernels work on whole vectors. */
  static final int DIM = 16;

  /** Candidates of a row. */
  static final int WIDTH = 20;

  /**
   * A proposal under test.
   *
   * @param make from training data
   */
  record Enrolled(String name, Function<Interactions, Proposal> make) {
    @Override
    public String toString() {
      return name;
    }
  }

  private EnrolledProposals() {}

  /** Registered samplers whose proposals are not listed, with their defaults. */
  private static Stream<Enrolled> registered(List<Enrolled> listed) {
    Interactions train = SmallData.longTailed(200, 150, 20, 3); // enough items for all defaults
    Set<Class<?>> known =
        listed.stream().map(one -> one.make().apply(train).getClass()).collect(Collectors.toSet());
    return Samplers.all().stream()
        .map(s -> new Enrolled(s.name(), t -> s.proposal(t, DIM, Settings.none())))
        .filter(one -> !known.contains(one.make().apply(train).getClass()));
  }

  private static Function<Interactions, Proposal> bestOf(
      Function<Interactions, PositiveSets> refused) {
    return t -> new BestOfProposal(refused.apply(t), 5, DIM);
  }

  private static Proposal generator(Interactions t) {
    Table users = Initial.normal(new Table("of-generator", t.userCount(), DIM), 6, 0.3);
    Table items = Initial.normal(new Table("to-generate", t.itemCount(), DIM), 6, 0.3);
    ItemTable table = new ItemTable(items, Optional.empty());
    PairModel model = new PairModel(new UserRows(users), new DotScore(table));
    return new GeneratorProposal(t, model, 0.8, 1, 1);
  }

  private static Function<Interactions, Proposal> popularity(
      Popularity popularity, Function<Interactions, PositiveSets> refused) {
    return t -> new PopularityProposal(t, refused.apply(t), popularity);
  }

  private static Function<Interactions, Proposal> factorRanks(double lambda, boolean logQ) {
    return t -> new FactorRankProposal(t, new PositiveSets(t), lambda, DIM, logQ, 0);
  }

  private static Function<Interactions, Proposal> kernelTree(
      double alpha, int leafItems, Function<Interactions, PositiveSets> refused) {
    return t -> new KernelTreeProposal(refused.apply(t), alpha, leafItems, DIM, 0);
  }

  private static Function<Interactions, Proposal> clusters(IntToDoubleFunction weight) {
    return t ->
        new ClusterProposal(
            t,
            new PositiveSets(t),
            Arrays.stream(t.itemCounts()).mapToDouble(weight).toArray(),
            16,
            DIM);
  }

  private static Function<Interactions, Proposal> midx(
      IntToDoubleFunction weight, Function<Interactions, PositiveSets> refused) {
    return t ->
        MidxProposal.weighed(
            refused.apply(t), Arrays.stream(t.itemCounts()).mapToDouble(weight).toArray(), 5, DIM);
  }

  private static Function<Interactions, Proposal> residual(
      Function<Interactions, PositiveSets> refused) {
    return t -> MidxProposal.residual(refused.apply(t), 5, DIM);
  }

  private static Function<Interactions, Proposal> softmax(
      Function<Interactions, PositiveSets> refused) {
    return t -> new SoftmaxProposal(refused.apply(t), DIM);
  }

  private static Function<Interactions, Proposal> learned(IntToDoubleFunction weight) {
    return t ->
        new LearnedClusterProposal(
            t,
            new PositiveSets(t),
            Arrays.stream(t.itemCounts()).mapToDouble(weight).toArray(),
            16,
            DIM,
            new ClusterLoss(0.9, 1, 1, 5, 0.001, true));
  }

  private static Proposal pools(Interactions t, boolean uniform) {
    return new UserPoolProposal(
        t.userCount(),
        uniform
            ? ItemDistribution.uniform(t.itemCount())
            : ItemDistribution.byPopularity(t, Popularity.LOG),
        30,
        37,
        UserPoolProposal.Number.LOG_WEIGHT,
        Optional.empty());
  }

  private static Proposal cached(Interactions t) {
    return new CachedBatchProposal(
        t, new ItemCache(t.itemCount(), 30, ItemCache.Refresh.PAPER, 1), true);
  }

  /** With as many candidates as a row of the contract has. */
  private static Proposal memories(Interactions t) {
    return new MemoryProposal(
        t,
        new PositiveSets(t),
        new UserMemories(t.userCount(), 6, 100),
        new ScoreHistory(t.userCount(), t.itemCount(), DIM, false, 3),
        WIDTH - 6);
  }
}
