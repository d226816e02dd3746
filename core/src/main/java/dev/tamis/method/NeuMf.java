package dev.tamis.method;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import dev.tamis.train.TrainingLoop;
import java.util.List;

/**
 * Neural matrix factorisation: GMF and MLP side by side, each on vectors of its own, under one
 * prediction.
 *
 * <p>He, Liao, Zhang, Nie, Hu, Chua: Neural Collaborative Filtering, WWW 2017, section 3.4.
 * Defaults are those of the paper for 8 predictive factors, and of its code ({@link
 * NeuralFiltering}). With {@code pretrain} GMF and MLP are trained first, each with these options,
 * and NeuMF starts from both (section 3.4.1, with equal shares). As in the instructions of the code
 * Adam goes on then, where the paper has plain SGD: set {@code optimizer=sgd} for that, which would
 * train GMF and MLP so, too.
 */
public final class NeuMf implements PairMethod<NeuMf.Options> {
  public static final Option<Boolean> PRETRAIN =
      Option.flag(
          "pretrain", false, "whether GMF and MLP are trained first, for NeuMF to start from them");
  private static final List<Option<?>> OPTIONS =
      NeuralFiltering.options(32, List.of(PairShape.SCORE, PairShape.ITEM_BIAS), PRETRAIN);

  /** What the model is and how it is trained. */
  public record Options(PairOptions pair, boolean pretrain) {}

  @Override
  public String name() {
    return "neu-mf";
  }

  @Override
  public String summary() {
    return "Matrix factorisation and hidden layers side by side, as a logistic model.";
  }

  @Override
  public String citation() {
    return NeuralFiltering.CITATION;
  }

  @Override
  public List<Option<?>> options() {
    return OPTIONS;
  }

  @Override
  public Options readKnown(Settings given) {
    return new Options(
        PairOptions.read(given, OPTIONS).with(PairShape.Score.NEUMF), given.get(PRETRAIN));
  }

  @Override
  public Settings settings(Options o) {
    return o.pair().settings().with(PRETRAIN, o.pretrain());
  }

  @Override
  public PairOptions pair(Options o) {
    return o.pair();
  }

  @Override
  public Parts parts(Interactions train, Options o) {
    return NeuralFiltering.parts(train);
  }

  @Override
  public MemoryPlan plan(Interactions train, Options o, Run run) {
    MemoryPlan plan = PairMethod.super.plan(train, o, run);
    return o.pretrain()
        ? plan.add(
            "trained GMF and MLP",
            4
                * TrainablePair.parameters(
                    o.pair().shape(), train.userCount(), train.itemCount(), true))
        : plan;
  }

  @Override
  public TrainedModel fit(Interactions train, Options o, Run run) {
    if (!o.pretrain()) {
      return PairMethod.super.fit(train, o, run);
    }
    TrainingLoop.refuseNothing(train.size());
    return new Pretraining(name(), settings(o).complete(OPTIONS), o.pair(), parts(train, o))
        .fit(train, run);
  }
}
