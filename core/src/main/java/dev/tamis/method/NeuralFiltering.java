package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.data.Interactions;
import dev.tamis.objective.BinaryCrossEntropy;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.proposal.UniformProposal;
import java.util.List;

/**
 * What the methods of Neural Collaborative Filtering share (He, Liao, Zhang, Nie, Hu, Chua, WWW
 * 2017, section 4.1 and its code): binary cross-entropy with four uniform negatives for each
 * positive, each counted fully and never a positive of the user; Adam at 0.001; vectors that start
 * from N(0, 0.01^2), prediction weights from LeCun's uniform law, hidden layers from Glorot's; 20
 * epochs; no regularisation.
 *
 * <p>Deviations: a batch there is 256 pairs, positives and negatives mixed. Here the negatives of a
 * positive are in its batch, and {@code batch-size} counts positives. Adam's epsilon is 1e-7, not
 * 1e-8.
 */
final class NeuralFiltering {
  static final String CITATION =
      "He, Liao, Zhang, Nie, Hu, Chua: Neural Collaborative Filtering. WWW 2017";

  private NeuralFiltering() {}

  /** The options of a method with so many numbers in a vector, without those that say nothing. */
  static List<Option<?>> options(int dim, List<Option<?>> without, Option<?>... more) {
    return PairOptions.without(
        PairOptions.list(
            List.of(
                CommonOptions.DIM.withDefault(dim),
                PairOptions.NEGATIVES.withDefault(4),
                CommonOptions.EPOCHS.withDefault(20),
                CommonOptions.BATCH_SIZE.withDefault(256),
                PairOptions.L2.withDefault(0.0),
                PairShape.INIT_DEVIATION.withDefault(0.01)),
            more),
        without);
  }

  static PairMethod.Parts parts(Interactions train) {
    return new PairMethod.Parts(
        new UniformProposal(new PositiveSets(train)), List.of(), new BinaryCrossEntropy());
  }
}
