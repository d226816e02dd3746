package dev.tamis.method;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.data.feature.FeatureColumn;
import dev.tamis.data.feature.Features;
import dev.tamis.data.feature.SideFeatures;
import dev.tamis.kernels.Workers;
import dev.tamis.model.Initial;
import dev.tamis.model.ItemTable;
import dev.tamis.model.Table;
import dev.tamis.model.TwoTowerModel;
import dev.tamis.model.score.DotScore;
import dev.tamis.model.tower.FeatureTowerShape;
import dev.tamis.optim.Optimizer;
import dev.tamis.train.BatchTrainee;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.PairBatches;
import dev.tamis.train.Run;
import dev.tamis.train.Step;
import dev.tamis.train.TowerItems;
import dev.tamis.train.TowerUsers;
import dev.tamis.train.TrainingLoop;
import java.util.List;
import java.util.Optional;

/**
 * How pair models are trained whose vectors towers make.
 *
 * @param pairs what is the same for all pair models
 */
record TwoTowerTraining(PairTraining pairs, TowerOptions towers) {
  /**
   * @throws TamisException of kind CONFIG if scores are no inner products
   */
  TwoTowerTraining {
    PairShape shape = pairs.pair().shape();
    if (shape.score() != PairShape.Score.DOT) {
      throw TamisException.config(
          "towers make vectors for score dot, but score is "
              + PairShape.SCORE.format(shape.score())
              + "; choose score dot, or leave features and towers out");
    }
  }

  /**
   * @throws TamisException of kind USAGE if the features are of others than the training data
   */
  TrainedModel fit(Interactions train, SideFeatures features, Run run) {
    features.requireOf(train);
    boolean[] seenItems = new boolean[train.itemCount()];
    for (int item : train.itemIds()) {
      seenItems[item] = true;
    }
    boolean[] seenUsers = new boolean[train.userCount()];
    for (int u = 0; u < seenUsers.length; u++) {
      seenUsers[u] = train.degree(u) > 0;
    }
    TowerSide items =
        start(shape("item", pairs.pair(), towers), features.items(), seenItems, run.seed());
    TowerSide users =
        start(shape("user", pairs.pair(), towers), features.users(), seenUsers, run.seed());
    Optional<Table> bias =
        pairs.pair().shape().itemBias()
            ? Optional.of(new Table(TrainablePair.ITEM_BIAS, train.itemCount(), 1))
            : Optional.empty();
    int epochs = train(train, features, run, items, users, bias);
    return TrainedModel.of(
        pairs.method(), pairs.options(), run.seed(), epochs, train, served(items, users, bias));
  }

  private static FeatureTowerShape shape(String side, PairOptions pair, TowerOptions towers) {
    boolean item = side.equals("item");
    return new FeatureTowerShape(
        side,
        pair.dim(),
        item ? towers.itemLayers() : towers.userLayers(),
        towers.normalize(),
        item ? 1 : (float) (1 / towers.temperature()));
  }

  private TowerSide start(
      FeatureTowerShape shape, Optional<Features> features, boolean[] seen, long seed) {
    double deviation = pairs.pair().shape().initDeviation();
    Initial.Values start =
        deviation > 0 ? (table, s) -> Initial.normal(table, s, deviation) : pairs.parts().start();
    boolean ownRows = shape.side().equals("item") ? towers.itemIds() : towers.userIds();
    return TowerSide.start(shape, features, towers.minValueCount(), seen, ownRows, start, seed);
  }

  private int train(
      Interactions train,
      SideFeatures features,
      Run run,
      TowerSide items,
      TowerSide users,
      Optional<Table> bias) {
    PairOptions pair = pairs.pair();
    try (Workers workers = new Workers(run.threads())) {
      Optimizer optimizer = pair.rule(pairs.parts().reduction());
      ItemTable table = new ItemTable(items.vectors(), bias);
      TowerUsers queries =
          new TowerUsers(
              users.tower(), users.lists(), users.vectors(), optimizer, pair.batchSize(), workers);
      TowerItems made = new TowerItems(items.tower(), items.lists(), table, optimizer, workers);
      Step step =
          pairs
              .stepParts(optimizer, run.shards())
              .step(queries, made, new DotScore(table), train, workers);
      TrainingLoop loop =
          new TrainingLoop(
              pairs.method(),
              Identity.of(pairs.method(), pairs.options(), train, run)
                  + " features="
                  + features.fingerprint(),
              pair.epochs(),
              pair.rate(),
              run,
              Validators.of(run, train, workers));
      PairBatches batches = new PairBatches(train, pair.batchSize());
      return loop.run(new BatchTrainee(batches, step, () -> served(items, users, bias))).epochs();
    }
  }

  private TwoTowerModel served(TowerSide items, TowerSide users, Optional<Table> bias) {
    return new TwoTowerModel(
        users.made(),
        items.made(),
        bias,
        items.served(),
        users.served(),
        towers.normalize(),
        users.tower().shape().scale());
  }

  /**
   * Adds what towers hold to what a pair model does.
   *
   * @param candidates how many items a batch has beside its positives
   */
  static MemoryPlan add(
      MemoryPlan plan,
      Interactions train,
      SideFeatures features,
      PairOptions pair,
      TowerOptions towers,
      long candidates,
      Run run) {
    features.requireOf(train);
    int copies = MemoryPlan.copies(pair.optimizer().optimizer(), run);
    long numbers = 0;
    long vectors = 0;
    long lists = 0;
    for (String side : List.of("item", "user")) {
      int things = side.equals("item") ? train.itemCount() : train.userCount();
      Optional<Features> given = side.equals("item") ? features.items() : features.users();
      vectors += (long) things * pair.dim();
      numbers += shape(side, pair, towers).layerNumbers();
      lists += 8L * things; // an entry of its own
      for (FeatureColumn column : given.map(Features::columns).orElse(List.of())) {
        numbers += (column.values().size() + 1L) * pair.dim();
        lists += 8L * (column.valueNumbers() == null ? things : column.valueNumbers().length);
      }
    }
    return plan.add("features' vectors and layers", 4 * numbers * copies)
        .add("vectors that towers make", 4 * vectors)
        .add("lists of features", lists)
        .add(
            "a batch in the towers",
            2
                * TowerSide.batchBytes(
                    train, pair.batchSize() + candidates, shape("item", pair, towers), lists, run));
  }
}
