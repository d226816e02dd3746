package dev.tamis.method;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.sample.Popularity;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.index.KernelTree;
import dev.tamis.sample.proposal.BestOfProposal;
import dev.tamis.sample.proposal.KernelTreeProposal;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import java.util.List;
import java.util.Optional;

/**
 * FastVAE: a variational autoencoder of histories that is trained on drawn items, so that a step
 * does not grow with the catalogue.
 *
 * <p>Chen, Lian, Jin, Zheng, Chen: Fast Variational AutoEncoder with Inverted Multi-Index for
 * Collaborative Filtering, WWW 2022. As in the authors' code the encoder is a sum of item vectors
 * of 200 numbers, divided by the root of their count, with dropout and ReLU, then the Gaussian code
 * of 32; the decoder turns it into a query of 200 numbers, and scores are inner products of that
 * with a second table of item vectors, without bias. With {@code decoder=linear} the query is the
 * code itself, as the paper's text has it. All positives of a user are set against the same drawn
 * items, each score corrected by the log-probability of its draw (equation 4).
 *
 * <p>Deviations: losses and divergences are means over the users of a batch, so {@code kl-cap} is
 * the weight of a user's divergence (1/256 is that of the authors' code with its batches of 256;
 * the paper's text has 1); a user's positives are never drawn against it; item vectors start Glorot
 * uniform unless {@code init-deviation} says otherwise (1 in the code). Draws of sampler {@code
 * dns} are not corrected: their probability is not known without all scores (the code takes away a
 * score in its place).
 */
public final class FastVae implements Method<FastVae.Options> {
  /** How items are drawn for a user. */
  public enum Sampler {
    MIDX_UNIFORM(MidxSampler.UNIFORM),
    MIDX_POPULARITY(MidxSampler.POPULARITY),
    MIDX_RESIDUAL(MidxSampler.RESIDUAL),
    MIDX_EXACT(MidxSampler.EXACT),
    UNIFORM,
    POPULARITY,
    KERNEL,
    DNS;

    private final Optional<MidxSampler> midx;

    Sampler() {
      midx = Optional.empty();
    }

    Sampler(MidxSampler sampler) {
      midx = Optional.of(sampler);
    }

    private Proposal proposal(Interactions train, Options o) {
      if (o.sharedNegatives() && this != UNIFORM && this != POPULARITY) {
        throw TamisException.config(
            "sampler "
                + SAMPLER.format(this)
                + " draws for each user by the user's query, so users cannot share what it draws;"
                + " set shared-negatives=false, or use sampler uniform or popularity");
      }
      int width = o.net().shape(train.itemCount()).queryWidth();
      PositiveSets positives = new PositiveSets(train);
      return switch (this) {
        case MIDX_UNIFORM, MIDX_POPULARITY, MIDX_RESIDUAL, MIDX_EXACT ->
            midx.get().proposal(train, o.popularity(), o.codewords(), width);
        case UNIFORM, POPULARITY -> {
          StaticSampler same = this == UNIFORM ? StaticSampler.UNIFORM : StaticSampler.POPULARITY;
          yield o.sharedNegatives()
              ? same.shared(train, o.popularity())
              : same.proposal(train, o.popularity());
        }
        case KERNEL -> new KernelTreeProposal(train, positives, 1, LEAF_ITEMS, width, 0);
        case DNS -> new BestOfProposal(train, positives, DNS_TRIES, width);
      };
    }

    private void plan(MemoryPlan plan, Interactions train, Options o, Run run) {
      int items = train.itemCount();
      int width = o.net().shape(items).queryWidth();
      midx.ifPresent(sampler -> sampler.plan(plan, train, o.codewords(), width, run));
      if (this == KERNEL) {
        plan.add("kernel tree", KernelTree.bytes(items, width, LEAF_ITEMS));
      } else if (this == DNS) {
        plan.add("item vectors to choose by", BestOfProposal.bytes(items, width));
      }
    }
  }

  /** Of how many items sampler dns keeps the best, as in the authors' code. */
  static final int DNS_TRIES = 10;

  private static final int LEAF_ITEMS = 64;
  private static final Option<Sampler> SAMPLER =
      Option.choice("sampler", Sampler.MIDX_UNIFORM, "how items are drawn for a user");
  private static final Option<Boolean> SHARED_NEGATIVES = SampledSoftmax.SHARED_NEGATIVES.by(false);
  private static final List<Option<?>> OPTIONS =
      SampledAutoencoderOptions.list(
          List.of(), SAMPLER, StaticSampler.WEIGHTS, MidxSampler.CODEWORDS, SHARED_NEGATIVES);

  /**
   * What the model is and how it is trained; {@code net} aside, each component is the option of
   * that name.
   */
  public record Options(
      SampledAutoencoderOptions net,
      Sampler sampler,
      Popularity popularity,
      int codewords,
      boolean sharedNegatives) {}

  @Override
  public String name() {
    return "fast-vae";
  }

  @Override
  public String summary() {
    return "A variational autoencoder of whole histories that is trained on drawn items only; ranks"
        + " users it has never seen.";
  }

  @Override
  public String citation() {
    return "Chen, Lian, Jin, Zheng, Chen: Fast Variational AutoEncoder with Inverted Multi-Index"
        + " for Collaborative Filtering. WWW 2022";
  }

  @Override
  public boolean ranksUnseenUsers() {
    return true;
  }

  @Override
  public List<Option<?>> options() {
    return OPTIONS;
  }

  @Override
  public Options read(Settings given) {
    return new Options(
        SampledAutoencoderOptions.read(given, OPTIONS),
        given.get(SAMPLER),
        given.get(StaticSampler.WEIGHTS),
        given.get(MidxSampler.CODEWORDS),
        given.get(SHARED_NEGATIVES));
  }

  private static Settings settings(Options o) {
    return o.net()
        .settings()
        .with(SAMPLER, o.sampler())
        .with(StaticSampler.WEIGHTS, o.popularity())
        .with(MidxSampler.CODEWORDS, o.codewords())
        .with(SHARED_NEGATIVES, o.sharedNegatives());
  }

  @Override
  public MemoryPlan plan(Interactions train, Options o, Run run) {
    MemoryPlan plan = SampledAutoencoderTraining.plan(train, o.net(), o.sharedNegatives(), run);
    o.sampler().plan(plan, train, o, run);
    return plan;
  }

  @Override
  public TrainedModel fit(Interactions train, Options o, Run run) {
    return new SampledAutoencoderTraining(
            name(), settings(o).complete(options()), o.net(), o.sampler().proposal(train, o))
        .fit(train, run);
  }
}
