package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.model.score.NeuralShape;
import java.util.List;

/**
 * What a pair model is made of: how wide, by which score, and how its tables start. The widths of
 * the networks are those of Neural Collaborative Filtering (He et al., WWW 2017, section 4.1, and
 * its code) for 8 predictive factors.
 */
public record PairShape(
    Score score,
    int dim,
    int gmfDim,
    List<Integer> hiddenLayers,
    boolean itemBias,
    double initDeviation,
    PredictionInit predictionInit) {
  /** How a user's and an item's vector become a score. */
  public enum Score {
    /** Their inner product. */
    DOT,
    /** An inner product whose numbers have learned weights, the same for all pairs. */
    GMF,
    /** Minus the square of their distance. */
    EUCLIDEAN,
    /** Hidden layers over both. */
    MLP,
    /** GMF and MLP side by side, each on numbers of its own. */
    NEUMF;

    /** Whether it is an inner product of a query and an item vector. */
    public boolean isInnerProduct() {
      return this == DOT || this == GMF;
    }

    /** Whether hidden layers work it out. */
    public boolean hasLayers() {
      return this == MLP || this == NEUMF;
    }
  }

  /** In which range the weights of the prediction start, uniformly. */
  public enum PredictionInit {
    /** ±sqrt(3 / inputs), as in the code of Neural Collaborative Filtering. */
    LECUN(3),
    /** ±sqrt(1 / inputs), the way of PyTorch, which AdaSIR's code has. */
    FAN_IN(1);

    private final double square;

    PredictionInit(double square) {
      this.square = square;
    }

    double limit(int inputs) {
      return Math.sqrt(square / inputs);
    }
  }

  public static final Option<Score> SCORE =
      Option.choice(
          "score", Score.DOT, "how a user's and an item's vector become a score: dot product");
  public static final Option<Integer> GMF_DIM =
      Option.whole(
          "gmf-dim", 8, 1, 4096, "further numbers in a vector, for the GMF part of score neumf");
  public static final Option<List<Integer>> HIDDEN_LAYERS =
      Option.wholes(
              "hidden-layers",
              List.of(32, 16, 8),
              1,
              NeuralShape.MOST,
              "widths of the hidden layers of scores mlp and neumf; their input is 2 * dim wide")
          .orKnownAs("mlp_hidden_size");
  public static final Option<Boolean> ITEM_BIAS =
      Option.flag("item-bias", false, "whether an item has a bias");
  public static final Option<Double> INIT_DEVIATION =
      Option.real(
          "init-deviation",
          0,
          0,
          100,
          "standard deviation of the normal numbers that vectors start with; 0 for the start of the"
              + " method, which is Glorot normal if it names no other");
  public static final Option<PredictionInit> PREDICTION_INIT =
      Option.choice(
          "prediction-init",
          PredictionInit.LECUN,
          "range in which the prediction weights of scores gmf, mlp and neumf start:"
              + " sqrt(3 / inputs), or sqrt(1 / inputs)");

  static final List<Option<?>> ALL =
      List.of(
          CommonOptions.DIM,
          SCORE,
          GMF_DIM,
          HIDDEN_LAYERS,
          ITEM_BIAS,
          INIT_DEVIATION,
          PREDICTION_INIT);

  public PairShape {
    CommonOptions.DIM.check(dim);
    GMF_DIM.check(gmfDim);
    hiddenLayers = HIDDEN_LAYERS.check(List.copyOf(hiddenLayers));
    INIT_DEVIATION.check(initDeviation);
    if (itemBias && !score.isInnerProduct()) {
      throw TamisException.config(
          "item-bias goes with score dot or gmf, but score is "
              + SCORE.format(score)
              + "; leave item-bias out, or choose one of those scores");
    }
  }

  static PairShape read(Settings all) {
    return new PairShape(
        all.get(SCORE),
        all.get(CommonOptions.DIM),
        all.get(GMF_DIM),
        all.get(HIDDEN_LAYERS),
        all.get(ITEM_BIAS),
        all.get(INIT_DEVIATION),
        all.get(PREDICTION_INIT));
  }

  Settings settings() {
    return Settings.none()
        .with(SCORE, score)
        .with(CommonOptions.DIM, dim)
        .with(GMF_DIM, gmfDim)
        .with(HIDDEN_LAYERS, hiddenLayers)
        .with(ITEM_BIAS, itemBias)
        .with(INIT_DEVIATION, initDeviation)
        .with(PREDICTION_INIT, predictionInit);
  }

  /** This shape with another score, over vectors of so many numbers. */
  PairShape with(Score other, int width) {
    return new PairShape(
        other, width, gmfDim, hiddenLayers, itemBias, initDeviation, predictionInit);
  }

  /** This shape, in which every item has a bias. */
  PairShape withItemBias() {
    return new PairShape(score, dim, gmfDim, hiddenLayers, true, initDeviation, predictionInit);
  }

  /** The GMF that is a part of NeuMF. */
  PairShape gmfPart() {
    return with(Score.GMF, gmfDim);
  }

  /** The MLP that is a part of NeuMF. */
  PairShape mlpPart() {
    return with(Score.MLP, dim);
  }

  /** The width of a user's and of an item's row. */
  int rowWidth() {
    return score == Score.NEUMF ? gmfDim + dim : dim;
  }

  /** The network of scores mlp and neumf. */
  NeuralShape network() {
    return new NeuralShape(score == Score.NEUMF ? gmfDim : 0, dim, hiddenLayers);
  }
}
