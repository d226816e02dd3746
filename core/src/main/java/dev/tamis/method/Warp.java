package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.model.Initial;
import dev.tamis.objective.Hinge;
import dev.tamis.optim.OptimizerName;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.proposal.UniformProposal;
import dev.tamis.sample.refine.FirstViolator;
import dev.tamis.train.Reduction;
import java.util.List;

/**
 * Weighted approximate-rank pairwise loss: for each positive negatives are tried until one comes
 * within the margin of 1, and the fewer trials that took, the more the pair counts; if none does,
 * the positive is left alone.
 *
 * <p>Weston, Bengio, Usunier: WSABIE, IJCAI 2011, in the form of LightFM (Kula 2015): the rank
 * counts by its logarithm, at most 10 ({@link FirstViolator}), Adagrad at 0.05 from 1, item biases,
 * start uniform within half over the dimension, no regularisation. Up to 50 trials, as in papers
 * that compare with it (PRIS, FastVAE); LightFM has 10 unless told otherwise.
 *
 * <p>Deviations from LightFM: a step is taken on the sum over a batch, not pair by pair ({@code
 * batch-size=1} does that); negatives alone are tried, where LightFM spends a trial on a positive
 * that is drawn; {@code l2} counts once for each time a row stands in a batch; users have no bias,
 * because it drops out of every comparison.
 *
 * <p>All trials of a batch are drawn and scored at once, though those after the first violator do
 * not count: on Gowalla a row looks at 7 to 8 of 10, or 25 to 29 of 50, once the first epochs are
 * over, so stopping early would save a quarter to a half of the scores.
 */
public final class Warp implements PairMethod<Warp.Options> {
  private static final double MARGIN = 1;

  public static final Option<Integer> NEGATIVES =
      Option.whole(
              "negatives",
              50,
              1,
              10_000,
              "the most negatives that are tried for each positive before it is left alone")
          .orKnownAs("max-trials", "max_sampled");
  private static final List<Option<?>> OPTIONS =
      PairOptions.list(
          List.of(
              NEGATIVES,
              CommonOptions.OPTIMIZER.withDefault(OptimizerName.ADAGRAD),
              CommonOptions.LEARNING_RATE.withDefault(0.05),
              PairOptions.INITIAL_ACCUMULATOR.withDefault(1.0),
              PairOptions.L2.withDefault(0.0),
              PairShape.ITEM_BIAS.withDefault(true)));

  /**
   * What the model is and how it is trained; {@code pair} aside, each component is the option of
   * that name.
   */
  public record Options(PairOptions pair) {}

  @Override
  public String name() {
    return "warp";
  }

  @Override
  public String summary() {
    return "Pairwise ranking against the first negative that comes too near, weighed by the rank"
        + " that tells of.";
  }

  @Override
  public String citation() {
    return "Weston, Bengio, Usunier: WSABIE: Scaling Up To Large Vocabulary Image Annotation. IJCAI"
        + " 2011";
  }

  @Override
  public List<Option<?>> options() {
    return OPTIONS;
  }

  @Override
  public Options readKnown(Settings given) {
    return new Options(PairOptions.read(given, OPTIONS));
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
    return new Parts(
        new UniformProposal(new PositiveSets(train)),
        List.of(new FirstViolator(MARGIN, train.itemCount(), o.pair().negatives())),
        new Hinge(MARGIN),
        Reduction.SUM,
        (table, seed) -> Initial.uniform(table, seed, 0.5 / table.width()),
        false);
  }
}
