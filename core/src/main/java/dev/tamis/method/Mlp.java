package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import java.util.List;

/**
 * A user's and an item's vector side by side as the input of hidden layers, as a logistic model of
 * who takes what.
 *
 * <p>He, Liao, Zhang, Nie, Hu, Chua: Neural Collaborative Filtering, WWW 2017, section 3.3.
 * Defaults are those of the paper for 8 predictive factors, and of its code ({@link
 * NeuralFiltering}).
 */
public final class Mlp implements PairMethod<Mlp.Options> {
  private static final List<Option<?>> OPTIONS =
      NeuralFiltering.options(32, List.of(PairShape.SCORE, PairShape.GMF_DIM, PairShape.ITEM_BIAS));

  /** What the model is and how it is trained. */
  public record Options(PairOptions pair) {}

  @Override
  public String name() {
    return "mlp";
  }

  @Override
  public String summary() {
    return "Hidden layers over a user's and an item's vector, as a logistic model.";
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
    return new Options(PairOptions.read(given, OPTIONS).with(PairShape.Score.MLP));
  }

  @Override
  public Settings settings(Options o) {
    return o.pair().settings();
  }

  @Override
  public PairOptions pair(Options o) {
    return o.pair();
  }

  @Override
  public Parts parts(Interactions train, Options o) {
    return NeuralFiltering.parts(train);
  }
}
