package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.objective.PairwiseLogistic;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.proposal.UniformProposal;
import dev.tamis.sample.refine.TopScored;
import java.util.List;

/**
 * Dynamic negative sampling: of several uniform draws only the one with the highest score counts.
 *
 * <p>Zhang, Chen, Wang, Yu: Optimizing Top-N Collaborative Filtering via Dynamic Negative Item
 * Sampling, SIGIR 2013. Ten draws, as AdaSIR compares it; the rest is as in PRIS ({@link
 * PairOptions}).
 */
public final class Dns implements PairMethod<Dns.Options> {
  public static final Option<Integer> NEGATIVES =
      PairOptions.NEGATIVES.withDefault(10).orKnownAs("candidates");
  private static final List<Option<?>> OPTIONS = PairOptions.list(List.of(NEGATIVES));

  /**
   * What the model is and how it is trained; {@code pair} aside, each component is the option of
   * that name.
   */
  public record Options(PairOptions pair) {}

  @Override
  public String name() {
    return "dns";
  }

  @Override
  public String summary() {
    return "Pairwise ranking against the highest-scored of several uniform draws.";
  }

  @Override
  public String citation() {
    return "Zhang, Chen, Wang, Yu: Optimizing Top-N Collaborative Filtering via Dynamic Negative"
        + " Item Sampling. SIGIR 2013";
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
        List.of(new TopScored()),
        new PairwiseLogistic());
  }
}
