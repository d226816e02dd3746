package dev.tamis.method;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.model.Initial;
import dev.tamis.model.LeastSquaresModel;
import dev.tamis.model.Pass;
import dev.tamis.model.Table;
import dev.tamis.optim.LearningRate;
import dev.tamis.optim.SolvedRows;
import dev.tamis.rank.Scorer;
import dev.tamis.solve.LeastSquares;
import dev.tamis.solve.SparseRows;
import dev.tamis.train.Run;
import dev.tamis.train.TableUpdates;
import dev.tamis.train.Trainee;
import dev.tamis.train.TrainingLoop;
import java.util.List;
import java.util.SortedMap;

/**
 * How {@link Wrmf} is trained.
 *
 * @param method the method's name
 * @param texts the method's options as text
 * @param options the same
 * @param strengths of each pair, or null for 1 each
 */
record WrmfTraining(
    String method, SortedMap<String, String> texts, Wrmf.Options options, float[] strengths) {
  TrainedModel fit(Interactions train, Run run) {
    int dim = options.dim();
    Table users = new Table(LeastSquaresModel.USERS, train.userCount(), dim);
    Table items = new Table(LeastSquaresModel.ITEMS, train.itemCount(), dim);
    Initial.normal(items, run.seed(), 0.1 / Math.sqrt(dim));
    LeastSquaresModel model =
        new LeastSquaresModel(users, items, options.loss(), meanStrength(train.size()));
    try (Workers workers = new Workers(run.threads())) {
      TrainingLoop loop =
          new TrainingLoop(
              method,
              Identity.of(method, texts, train, run),
              options.epochs(),
              LearningRate.NONE,
              run,
              Validators.of(run, train, workers));
      SparseRows rows = SparseRows.of(train, strengths);
      TrainingLoop.Outcome outcome = loop.run(new HalfSteps(rows, users, items, workers));
      return TrainedModel.of(method, texts, run.seed(), outcome.epochs(), train, model);
    }
  }

  private double meanStrength(int pairs) {
    if (strengths == null) {
      return 1;
    }
    double sum = 0;
    for (float strength : strengths) {
      sum += strength;
    }
    return sum / pairs;
  }

  /** An epoch of two steps: all users, then all items. */
  private final class HalfSteps implements Trainee {
    private final Table users;
    private final Table items;
    private final LeastSquares ofUsers;
    private final LeastSquares ofItems;
    private final long pairs;

    HalfSteps(SparseRows rows, Table users, Table items, Workers workers) {
      this.users = users;
      this.items = items;
      this.ofUsers = leastSquares(rows, workers);
      this.ofItems = leastSquares(rows.transposed(), workers);
      this.pairs = rows.columns().length;
    }

    private LeastSquares leastSquares(SparseRows rows, Workers workers) {
      return new LeastSquares(
          rows, options.loss(), options.solver(), options.cgSteps(), options.dim(), workers);
    }

    @Override
    public long stepsPerEpoch() {
      return 2;
    }

    @Override
    public void beginEpoch(long seed, int epoch) {}

    /** Solves one side; the loss is that of all pairs, divided by the pairs of the data. */
    @Override
    public double step(long inEpoch, double rate, Pass pass) {
      double loss =
          inEpoch == 0
              ? ofUsers.solve(users.values(), items.values()) + ofItems.penalty(items.values())
              : ofItems.solve(items.values(), users.values()) + ofUsers.penalty(users.values());
      return loss / pairs;
    }

    @Override
    public Scorer scorer() {
      return new LeastSquaresModel(users, items, options.loss(), meanStrength((int) pairs));
    }

    @Override
    public List<TableUpdates> updates() {
      return List.of(
          new TableUpdates(users, SolvedRows.UPDATER), new TableUpdates(items, SolvedRows.UPDATER));
    }
  }
}
