package dev.tamis.train;

import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.math.WarmAllocation;
import dev.tamis.model.Batch;
import dev.tamis.model.Initial;
import dev.tamis.model.ItemTable;
import dev.tamis.model.PairModel;
import dev.tamis.model.Pass;
import dev.tamis.model.Table;
import dev.tamis.model.TableShape;
import dev.tamis.model.score.DotScore;
import dev.tamis.model.score.NeuralLayers;
import dev.tamis.model.score.NeuralScore;
import dev.tamis.model.score.NeuralShape;
import dev.tamis.model.tower.HistoryTower;
import dev.tamis.model.tower.TowerShape;
import dev.tamis.model.tower.UserRows;
import dev.tamis.objective.Multinomial;
import dev.tamis.objective.Objective;
import dev.tamis.objective.PairwiseLogistic;
import dev.tamis.objective.SampledCrossEntropy;
import dev.tamis.optim.Adam;
import dev.tamis.optim.Optimizer;
import dev.tamis.optim.OptimizerName;
import dev.tamis.sample.CountedFrequency;
import dev.tamis.sample.Popularity;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.Refiner;
import dev.tamis.sample.SmallData;
import dev.tamis.sample.proposal.BatchProposal;
import dev.tamis.sample.proposal.SharedProposal;
import dev.tamis.sample.proposal.UniformProposal;
import dev.tamis.sample.refine.FirstViolator;
import dev.tamis.sample.refine.ImportanceWeights;
import dev.tamis.sample.refine.Resample;
import dev.tamis.sample.refine.TopScored;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A training step that has run for a while allocates nothing that grows with its batch. */
class StepAllocationTest {
  private static final int DIM = 8;
  private static final int ROWS = 200;
  private static final int NEGATIVES = 6;
  private static final int SHARDS = 4;
  private static final Interactions TRAIN = SmallData.longTailed(300, 200, 8, 1);

  /**
   * What a step may allocate: tasks for the workers, iterators over the few tables, the numbers of
   * an Adam step. The smallest object for each row of a batch would be more.
   */
  private static final int BYTES = 2_500;

  private static final Workers ALONE = new Workers(1);

  static Stream<Named<Supplier<Step>>> steps() {
    List<Named<Supplier<Step>>> steps = new ArrayList<>();
    for (OptimizerName name : OptimizerName.values()) {
      Optimizer optimizer = name.optimizer();
      steps.add(Named.of("pairs, " + name, () -> pairs(List.of(), optimizer)));
      steps.add(Named.of("shared, " + name, () -> shared(byPopularity(), List.of(), optimizer)));
    }
    Adam moving = Adam.tensorFlow(Adam.IdleRows.MOVE, 1e-7);
    steps.add(Named.of("pairs, idle rows move", () -> pairs(List.of(), moving)));
    Optimizer adam = OptimizerName.ADAM_SPARSE.optimizer();
    steps.add(Named.of("pairs, a net", () -> neuralPairs(adam)));
    steps.add(Named.of("pairs, one kept", () -> pairs(List.of(new TopScored()), adam)));
    steps.add(
        Named.of(
            "pairs, rows left out",
            () -> pairs(List.of(new FirstViolator(0, TRAIN.itemCount(), NEGATIVES)), adam)));
    steps.add(
        Named.of("pairs, weighed", () -> pairs(List.of(new ImportanceWeights(true, true)), adam)));
    steps.add(
        Named.of("shared, resampled", () -> shared(ofBatch(), List.of(new Resample(5)), adam)));
    steps.add(Named.of("shared, of the batch", () -> shared(ofBatch(), List.of(), adam)));
    return steps.stream();
  }

  private static Proposal byPopularity() {
    return new SharedProposal(Popularity.LOG.weights(TRAIN.itemCounts()), false);
  }

  private static Proposal ofBatch() {
    return new BatchProposal(TRAIN, new CountedFrequency(TRAIN), false);
  }

  private static Step pairs(List<Refiner> refiners, Optimizer optimizer) {
    ItemTable items =
        new ItemTable(
            table("items", TRAIN.itemCount(), DIM), Optional.of(table("b", TRAIN.itemCount(), 1)));
    PairModel model =
        new PairModel(new UserRows(table("users", TRAIN.userCount(), DIM)), new DotScore(items));
    return parts(
            new UniformProposal(new PositiveSets(TRAIN)),
            refiners,
            new PairwiseLogistic(),
            optimizer)
        .step(model, TRAIN, ALONE);
  }

  private static Step neuralPairs(Optimizer optimizer) {
    NeuralShape shape = new NeuralShape(2, DIM - 2, List.of(5, 3));
    ItemTable items = new ItemTable(table("items", TRAIN.itemCount(), DIM), Optional.empty());
    PairModel model =
        new PairModel(
            new UserRows(table("users", TRAIN.userCount(), DIM)),
            new NeuralScore(
                items,
                new NeuralLayers(
                    shape, tables(shape.tables().stream().map(TableShape::zeros).toList()))));
    return parts(
            new UniformProposal(new PositiveSets(TRAIN)),
            List.of(),
            new PairwiseLogistic(),
            optimizer)
        .step(model, TRAIN, ALONE);
  }

  private static Step shared(Proposal proposal, List<Refiner> refiners, Optimizer optimizer) {
    ItemTable items =
        new ItemTable(
            table("items", TRAIN.itemCount(), DIM), Optional.of(table("b", TRAIN.itemCount(), 1)));
    PairModel model =
        new PairModel(new UserRows(table("users", TRAIN.userCount(), DIM)), new DotScore(items));
    return parts(proposal, refiners, new SampledCrossEntropy(), optimizer)
        .step(model, TRAIN, ALONE);
  }

  private static StepParts parts(
      Proposal proposal, List<Refiner> refiners, Objective objective, Optimizer optimizer) {
    return new StepParts(
        proposal, refiners, objective, Reduction.MEAN, optimizer, ROWS, NEGATIVES, 0.01, SHARDS);
  }

  private static Table table(String name, int rows, int width) {
    return Initial.normal(new Table(name, rows, width), 3, 0.5);
  }

  @ParameterizedTest
  @MethodSource("steps")
  void stepsByCandidates(Supplier<Step> make) throws InterruptedException {
    PairBatches batches = new PairBatches(TRAIN, ROWS);
    batches.shuffle(5, 0);
    assertAllocatesLittle(make.get(), batches);
  }

  static Stream<TowerShape> shapes() {
    int items = TRAIN.itemCount();
    return Stream.of(
        new TowerShape(items, List.of(6), 4, List.of(5)),
        new TowerShape(items, List.of(), 4, List.of()),
        new TowerShape(items, List.of(5), 0, List.of(), false, TRAIN.userCount()));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void stepsOverAllItems(TowerShape shape) throws InterruptedException {
    List<Table> all = new ArrayList<>(HistoryTower.emptyTables(shape));
    HistoryTower.emptyUserNodes(shape).ifPresent(all::add);
    Step step =
        new MatrixStep(
            new HistoryTower(shape, tables(all)),
            table("items", shape.items(), shape.queryWidth()),
            table("b", shape.items(), 1),
            new Multinomial(),
            0.5,
            new KlSchedule(0.5, 20),
            1,
            0,
            ROWS,
            ALONE);
    UserBatches batches = new UserBatches(TRAIN, ROWS);
    batches.shuffle(5, 0);
    assertAllocatesLittle(step, batches);
  }

  private static Map<String, Table> tables(List<Table> empty) {
    return empty.stream()
        .map(table -> Initial.normal(table, 1, 0.4))
        .collect(Collectors.toMap(Table::name, Function.identity()));
  }

  /** Two batches in turn, so that rows are idle in between. */
  private static void assertAllocatesLittle(Step step, Batches batches)
      throws InterruptedException {
    Batch[] two = {batches.newBatch(), batches.newBatch()};
    batches.fill(two[0], 0);
    batches.fill(two[1], 1);
    step.beginEpoch(5, 0);
    long[] steps = {0};
    WarmAllocation.assertAtMost(
        BYTES,
        () -> {
          long s = steps[0]++;
          step.run(two[(int) (s % 2)], 1e-4, new Pass(5, 0, s));
        });
  }
}
