package dev.tamis.method;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.optim.OptimizerName;
import dev.tamis.sample.proposal.GeneratorProposal;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.PolicyStep;
import dev.tamis.train.Run;
import dev.tamis.train.TrainingLoop;
import java.util.List;

/**
 * Two factor models with item biases that play against each other: a generator, whose softmax over
 * all items draws what a user might like, and a discriminator that tells true pairs from drawn
 * ones. The generator is what is served.
 *
 * <p>Wang, Yu, Zhang, Gong, Xu, Wang, Zhang, Zhang: IRGAN: A Minimax Game for Unifying Generative
 * and Discriminative Information Retrieval Models, SIGIR 2017, sections 3.2 and 5.2, with the
 * settings of its code for item recommendation: rounds of 100 epochs of the discriminator ({@link
 * GeneratorProposal}, logistic loss) and 50 of the generator ({@link PolicyStep}), 15 of them, by
 * stochastic gradient descent at 0.001; vectors start uniform within 0.05. The generator starts
 * from a model of DNS, trained as in that code: five candidates, stochastic gradient descent at
 * 0.05. The code has vectors of 5 numbers; here they have 32, as where other papers compare with
 * it.
 *
 * <p>{@code epochs} counts those of both, so the rounds are {@code epochs / (discriminator-epochs +
 * generator-epochs)}; the last may be cut short. Validation measures after epochs of the generator
 * only, as the others do not move it. An epoch of the generator costs O(users x items x dim) and
 * writes every item vector for each batch of users; {@code generator-batch-size} users share that.
 *
 * <p>{@code l2} is of the discriminator, and the generator has none, as in the code. There the
 * weight is 0.1 / 16 and is added to each of the 32 losses of a batch, which are summed: 0.1 for
 * each time a vector stands in a batch here, where it is not halved. Deviations: a user's vector
 * stands in a batch once for a positive and its negative, in the code twice; positives are put in
 * another order in each epoch, where the code keeps that of its file; so are users; and what to
 * keep is chosen by validation, if there is any, where the code looks at its test data.
 */
public final class Irgan implements Method<Irgan.Options> {
  public static final Option<Integer> DISCRIMINATOR_EPOCHS =
      Option.whole(
          "discriminator-epochs", 100, 1, 100_000, "epochs of the discriminator in a round");
  public static final Option<Integer> GENERATOR_EPOCHS =
      Option.whole("generator-epochs", 50, 1, 100_000, "epochs of the generator in a round");
  public static final Option<Integer> GENERATOR_BATCH_SIZE =
      Option.whole(
          "generator-batch-size", 1, 1, 1 << 16, "users of a training step of the generator");
  public static final Option<Integer> REFRESH_EPOCHS =
      Option.whole(
          "refresh-epochs",
          5,
          1,
          100_000,
          "epochs of the discriminator until the generator draws negatives anew");
  public static final Option<Double> TEMPERATURE =
      Option.real(
          "temperature",
          0.2,
          1e-3,
          1e3,
          "what the generator's scores are divided by where it draws for the discriminator");
  public static final Option<Double> POSITIVE_SHARE =
      Option.real(
          "positive-share",
          0.2,
          0,
          0.99,
          "share of a user's positives in what the generator draws to be rewarded");
  public static final Option<Integer> PRETRAIN_EPOCHS =
      Option.whole(
          "pretrain-epochs",
          80,
          0,
          100_000,
          "epochs of DNS that the generator starts from; 0 for a random start");
  public static final Option<Double> PRETRAIN_LEARNING_RATE =
      Option.real("pretrain-learning-rate", 0.05, 1e-8, 10, "step size of DNS, by plain descent");
  public static final Option<Double> PRETRAIN_L2 =
      Option.real(
          "pretrain-l2",
          0.05,
          0,
          1e6,
          "weight of the squared length of each vector, as l2, in DNS");
  private static final List<Option<?>> OPTIONS =
      PairOptions.without(
          PairOptions.list(
              List.of(
                  PairOptions.NEGATIVES.withDefault(1),
                  CommonOptions.EPOCHS.withDefault(2250),
                  CommonOptions.BATCH_SIZE.withDefault(16),
                  CommonOptions.OPTIMIZER.withDefault(OptimizerName.SGD),
                  PairOptions.L2.withDefault(0.1)),
              DISCRIMINATOR_EPOCHS,
              GENERATOR_EPOCHS,
              GENERATOR_BATCH_SIZE,
              REFRESH_EPOCHS,
              TEMPERATURE,
              POSITIVE_SHARE,
              PRETRAIN_EPOCHS,
              PRETRAIN_LEARNING_RATE,
              PRETRAIN_L2),
          List.of(
              PairShape.SCORE,
              PairShape.GMF_DIM,
              PairShape.HIDDEN_LAYERS,
              PairShape.ITEM_BIAS,
              PairShape.PREDICTION_INIT,
              PairOptions.WEIGHT_DECAY));

  /**
   * What the models are and how they are trained; {@code pair} aside, each component is the option
   * of that name.
   */
  public record Options(
      PairOptions pair,
      int discriminatorEpochs,
      int generatorEpochs,
      int generatorBatchSize,
      int refreshEpochs,
      double temperature,
      double positiveShare,
      int pretrainEpochs,
      double pretrainLearningRate,
      double pretrainL2) {
    /**
     * @throws dev.tamis.config.TamisException of kind CONFIG if a number is out of the range of its
     *     option
     */
    public Options {
      DISCRIMINATOR_EPOCHS.check(discriminatorEpochs);
      GENERATOR_EPOCHS.check(generatorEpochs);
      GENERATOR_BATCH_SIZE.check(generatorBatchSize);
      REFRESH_EPOCHS.check(refreshEpochs);
      TEMPERATURE.check(temperature);
      POSITIVE_SHARE.check(positiveShare);
      PRETRAIN_EPOCHS.check(pretrainEpochs);
      PRETRAIN_LEARNING_RATE.check(pretrainLearningRate);
      PRETRAIN_L2.check(pretrainL2);
    }
  }

  @Override
  public String name() {
    return "irgan";
  }

  @Override
  public String summary() {
    return "A softmax over all items that learns to draw what a discriminator takes for true.";
  }

  @Override
  public String citation() {
    return "Wang, Yu, Zhang, Gong, Xu, Wang, Zhang, Zhang: IRGAN: A Minimax Game for Unifying"
        + " Generative and Discriminative Information Retrieval Models. SIGIR 2017";
  }

  @Override
  public boolean ranksUnseenUsers() {
    return false;
  }

  @Override
  public List<Option<?>> options() {
    return OPTIONS;
  }

  @Override
  public Options readKnown(Settings given) {
    PairOptions pair = PairOptions.read(given, OPTIONS);
    return new Options(
        pair.with(pair.shape().withItemBias()),
        given.get(DISCRIMINATOR_EPOCHS),
        given.get(GENERATOR_EPOCHS),
        given.get(GENERATOR_BATCH_SIZE),
        given.get(REFRESH_EPOCHS),
        given.get(TEMPERATURE),
        given.get(POSITIVE_SHARE),
        given.get(PRETRAIN_EPOCHS),
        given.get(PRETRAIN_LEARNING_RATE),
        given.get(PRETRAIN_L2));
  }

  private static Settings settings(Options o) {
    return o.pair()
        .settings()
        .with(DISCRIMINATOR_EPOCHS, o.discriminatorEpochs())
        .with(GENERATOR_EPOCHS, o.generatorEpochs())
        .with(GENERATOR_BATCH_SIZE, o.generatorBatchSize())
        .with(REFRESH_EPOCHS, o.refreshEpochs())
        .with(TEMPERATURE, o.temperature())
        .with(POSITIVE_SHARE, o.positiveShare())
        .with(PRETRAIN_EPOCHS, o.pretrainEpochs())
        .with(PRETRAIN_LEARNING_RATE, o.pretrainLearningRate())
        .with(PRETRAIN_L2, o.pretrainL2());
  }

  /** That of a pair model, and what comes beside it: the other model, its draws, its step. */
  @Override
  public MemoryPlan plan(Interactions train, Options o, Run run) {
    PairOptions pair = o.pair();
    long parameters =
        TrainablePair.parameters(pair.shape(), train.userCount(), train.itemCount(), false);
    int copies =
        MemoryPlan.copies(pair.optimizer().optimizer(), run) + (o.pretrainEpochs() > 0 ? 1 : 0);
    return PairTraining.plan(train, pair, false, 0, run)
        .add("the generator, and what it started from", 4 * parameters * copies)
        .add("what the generator drew", GeneratorProposal.bytes(train, run.threads()))
        .add("users in an order", 8L * train.userCount())
        .add(
            "scores of all items",
            PolicyStep.bytes(train.itemCount(), pair.dim(), o.generatorBatchSize(), run.threads()));
  }

  @Override
  public TrainedModel fit(Interactions train, Options o, Run run) {
    TrainingLoop.refuseNothing(train.size());
    PolicyStep.scores(o.generatorBatchSize(), train.itemCount()); // before it pretrains
    return new IrganTraining(name(), settings(o).complete(OPTIONS), o).fit(train, run);
  }
}
