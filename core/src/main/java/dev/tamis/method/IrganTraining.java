package dev.tamis.method;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Initial;
import dev.tamis.objective.BinaryCrossEntropy;
import dev.tamis.objective.PairwiseLogistic;
import dev.tamis.optim.Optimizer;
import dev.tamis.optim.OptimizerName;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.proposal.GeneratorProposal;
import dev.tamis.sample.proposal.UniformProposal;
import dev.tamis.sample.refine.TopScored;
import dev.tamis.train.AlternatingTrainee;
import dev.tamis.train.BatchTrainee;
import dev.tamis.train.DiscriminatorReward;
import dev.tamis.train.PairBatches;
import dev.tamis.train.PolicyStep;
import dev.tamis.train.Reduction;
import dev.tamis.train.Run;
import dev.tamis.train.Step;
import dev.tamis.train.StepParts;
import dev.tamis.train.TrainingLoop;
import dev.tamis.train.UserBatches;
import java.util.List;
import java.util.SortedMap;

/**
 * How {@link Irgan} is trained: DNS for the generator to start from, then both in turn. The two
 * runs share one place for checkpoints.
 *
 * @param method the method's name
 * @param options the method's options as text
 * @param o the method's options
 */
record IrganTraining(String method, SortedMap<String, String> options, Irgan.Options o) {
  private static final double START = 0.05; // vectors start uniform within this
  private static final int DNS_CANDIDATES = 5;

  TrainedModel fit(Interactions train, Run run) {
    Phases phases = new Phases(run.checkpoints(), Identity.of(method, options, train, run));
    PairTraining dns = pretraining(train);
    TrainablePair generator = dns.start(train, run);
    if (o.pretrainEpochs() > 0) {
      run.listener().note("DNS is trained first, for the generator to start from");
      generator.take(
          phases.find(
              checkpoints -> {
                TrainablePair pretrained = dns.start(train, run);
                dns.train(train, run.withCheckpoints(checkpoints), pretrained);
                return pretrained.values();
              }));
    }
    // Another start of the discriminator, another order and other draws than those of DNS.
    long seed = Rng.keyed(run.seed(), Stream.FINE_TUNING, 0, 0).nextLong();
    Run ofBoth = run.withSeed(seed).withCheckpoints(phases.last());
    int epochs = play(train, ofBoth, generator, dns.start(train, ofBoth));
    return TrainedModel.of(method, options, run.seed(), epochs, train, generator.servable());
  }

  private PairTraining pretraining(Interactions train) {
    PairOptions pair = o.pair();
    PairOptions dns =
        new PairOptions(
            pair.shape(),
            DNS_CANDIDATES,
            Math.max(1, o.pretrainEpochs()), // where there are none, it only starts
            pair.batchSize(),
            o.pretrainLearningRate(),
            1,
            1,
            OptimizerName.SGD,
            0,
            o.pretrainL2(),
            0);
    return new PairTraining(
        method,
        options,
        dns,
        new PairMethod.Parts(
            new UniformProposal(new PositiveSets(train)),
            List.of(new TopScored()),
            new PairwiseLogistic(),
            Reduction.SUM,
            (table, seed) -> Initial.uniform(table, seed, START),
            false));
  }

  /** Trains both in turn; returns after how many epochs the generator is as it is. */
  private int play(
      Interactions train, Run run, TrainablePair generator, TrainablePair discriminator) {
    PairOptions pair = o.pair();
    try (Workers workers = new Workers(run.threads())) {
      TrainingLoop loop =
          new TrainingLoop(
              method,
              Identity.of(method, options, train, run),
              pair.epochs(),
              pair.rate(),
              run,
              Validators.of(run, train, workers));
      BatchTrainee judging =
          new BatchTrainee(
              new PairBatches(train, pair.batchSize()),
              judging(train, generator, discriminator, workers, run.shards()),
              discriminator::servable);
      BatchTrainee drawing =
          new BatchTrainee(
              new UserBatches(train, o.generatorBatchSize()),
              drawing(generator, discriminator, workers),
              generator::servable);
      return loop.run(
              new AlternatingTrainee(
                  new AlternatingTrainee.Part("discriminator", judging, o.discriminatorEpochs()),
                  new AlternatingTrainee.Part("generator", drawing, o.generatorEpochs())))
          .epochs();
    }
  }

  private Step judging(
      Interactions train,
      TrainablePair generator,
      TrainablePair discriminator,
      Workers workers,
      int shards) {
    StepParts parts =
        new StepParts(
            new GeneratorProposal(
                train,
                generator.model(),
                o.temperature(),
                o.refreshEpochs(),
                o.discriminatorEpochs() + o.generatorEpochs()),
            List.of(),
            new BinaryCrossEntropy(),
            Reduction.SUM,
            rule(),
            o.pair().batchSize(),
            o.pair().negatives(),
            o.pair().l2(),
            shards);
    return parts.step(discriminator.model(), train, workers);
  }

  private PolicyStep drawing(
      TrainablePair generator, TrainablePair discriminator, Workers workers) {
    DiscriminatorReward reward =
        new DiscriminatorReward(
            discriminator.table(TrainablePair.USERS),
            discriminator.table(TrainablePair.ITEMS),
            discriminator.table(TrainablePair.ITEM_BIAS));
    return new PolicyStep(
        generator.model(), reward, o.positiveShare(), rule(), o.generatorBatchSize(), workers);
  }

  private Optimizer rule() {
    return o.pair().rule(Reduction.SUM);
  }
}
