package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.objective.PairwiseLogistic;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.proposal.UniformProposal;
import dev.tamis.sample.refine.ImportanceWeights;
import java.util.List;

/**
 * Self-adversarial negatives: uniform draws weighed by the softmax of their scores, without a
 * gradient through the weights.
 *
 * <p>Sun, Deng, Nie, Tang: RotatE, ICLR 2019, as PRIS compares it (its method SA): {@link Pris} by
 * uniform draws and without a gradient through the weights. Defaults are those of PRIS ({@link
 * PairOptions}).
 */
public final class SelfAdversarial implements PairMethod<SelfAdversarial.Options> {
  private static final List<Option<?>> OPTIONS = PairOptions.list(List.of());

  /**
   * What the model is and how it is trained; {@code pair} aside, each component is the option of
   * that name.
   */
  public record Options(PairOptions pair) {}

  @Override
  public String name() {
    return "self-adversarial";
  }

  @Override
  public String summary() {
    return "Pairwise ranking whose uniform negatives are weighed by their own scores.";
  }

  @Override
  public String citation() {
    return "Sun, Deng, Nie, Tang: RotatE: Knowledge Graph Embedding by Relational Rotation in"
        + " Complex Space. ICLR 2019";
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
        List.of(new ImportanceWeights(false, false)),
        new PairwiseLogistic());
  }
}
