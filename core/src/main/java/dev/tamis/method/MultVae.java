package dev.tamis.method;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.model.tower.TowerShape;
import dev.tamis.objective.Multinomial;
import dev.tamis.optim.LearningRate;
import dev.tamis.train.KlSchedule;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Mult-VAE^PR: a variational autoencoder of histories with a multinomial likelihood and an
 * annealed, partial divergence.
 *
 * <p>Liang, Krishnan, Hoffman, Jebara: Variational Autoencoders for Collaborative Filtering, WWW
 * 2018. As in the authors' code a history is scaled to length 1 before dropout, which the paper
 * leaves out. Defaults are the paper's for MovieLens-20M: [items-600-200-600-items], tanh, dropout
 * 0.5, Adam at 0.001, batches of 500 users, divergence weight min(0.2, step / 200,000).
 *
 * <p>{@code kl-selection=two-run} is the paper's way to find the cap (section 2.2.2): a run with
 * cap 1 tells the weight at its best epoch by validation, and a second run keeps that weight as its
 * cap.
 */
public final class MultVae implements Method<MultVae.Options> {
  /** How the cap of the divergence's weight is found. */
  public enum KlSelection {
    /** It is given: {@code kl-cap}. */
    GIVEN,
    /** By a run with cap 1, whose best epoch tells. */
    TWO_RUN
  }

  public static final Option<Integer> HIDDEN =
      Option.whole(
          "hidden",
          600,
          0,
          65_536,
          "width of the hidden layer before and after the code; 0 for none");
  public static final Option<Integer> LATENT =
      Option.whole("latent", 200, 1, 65_536, "width of the code").orKnownAs("latent_dimension");
  public static final Option<Double> DROPOUT =
      Option.real(
          "dropout",
          0.5,
          0,
          0.99,
          "share of a history that is hidden from the encoder in training");
  public static final Option<Double> KL_CAP =
      Option.real("kl-cap", 0.2, 0, 100, "highest weight of the divergence")
          .orKnownAs("beta", "anneal_cap");
  public static final Option<Integer> KL_ANNEAL_STEPS =
      Option.whole(
              "kl-anneal-steps",
              200_000,
              0,
              Integer.MAX_VALUE,
              "steps in which the weight of the divergence would rise to 1")
          .orKnownAs("total_anneal_steps");
  public static final Option<KlSelection> KL_SELECTION =
      Option.choice(
          "kl-selection",
          KlSelection.GIVEN,
          "whether kl-cap is given, or found by a first run with cap 1 and validation");
  public static final Option<Integer> EPOCHS = CommonOptions.EPOCHS.by(200);
  public static final Option<Integer> BATCH_SIZE = CommonOptions.BATCH_SIZE.by(500);

  /** What the model is and how it is trained; each component is the option of that name. */
  public record Options(
      int hidden,
      int latent,
      double dropout,
      double klCap,
      int klAnnealSteps,
      KlSelection klSelection,
      int epochs,
      int batchSize,
      double learningRate,
      double rateDecay,
      int rateDecayEpochs) {
    Settings settings() {
      return Settings.none()
          .with(HIDDEN, hidden)
          .with(LATENT, latent)
          .with(DROPOUT, dropout)
          .with(KL_CAP, klCap)
          .with(KL_ANNEAL_STEPS, klAnnealSteps)
          .with(KL_SELECTION, klSelection)
          .with(EPOCHS, epochs)
          .with(BATCH_SIZE, batchSize)
          .with(CommonOptions.LEARNING_RATE, learningRate)
          .with(CommonOptions.RATE_DECAY, rateDecay)
          .with(CommonOptions.RATE_DECAY_EPOCHS, rateDecayEpochs);
    }

    TowerShape shape(int items) {
      List<Integer> layers = hidden > 0 ? List.of(hidden) : List.of();
      return new TowerShape(items, layers, latent, layers);
    }

    Options withKl(double cap) {
      return new Options(
          hidden,
          latent,
          dropout,
          cap,
          klAnnealSteps,
          klSelection,
          epochs,
          batchSize,
          learningRate,
          rateDecay,
          rateDecayEpochs);
    }
  }

  @Override
  public String name() {
    return "mult-vae";
  }

  @Override
  public String summary() {
    return "A variational autoencoder of whole histories with a multinomial likelihood; ranks users"
        + " it has never seen.";
  }

  @Override
  public String citation() {
    return "Liang, Krishnan, Hoffman, Jebara: Variational Autoencoders for Collaborative Filtering."
        + " WWW 2018";
  }

  @Override
  public boolean ranksUnseenUsers() {
    return true;
  }

  @Override
  public List<Option<?>> options() {
    return List.of(
        HIDDEN,
        LATENT,
        DROPOUT,
        KL_CAP,
        KL_ANNEAL_STEPS,
        KL_SELECTION,
        EPOCHS,
        BATCH_SIZE,
        CommonOptions.LEARNING_RATE,
        CommonOptions.RATE_DECAY,
        CommonOptions.RATE_DECAY_EPOCHS);
  }

  @Override
  public Options read(Settings given) {
    return new Options(
        given.get(HIDDEN),
        given.get(LATENT),
        given.get(DROPOUT),
        given.get(KL_CAP),
        given.get(KL_ANNEAL_STEPS),
        given.get(KL_SELECTION),
        given.get(EPOCHS),
        given.get(BATCH_SIZE),
        given.get(CommonOptions.LEARNING_RATE),
        given.get(CommonOptions.RATE_DECAY),
        given.get(CommonOptions.RATE_DECAY_EPOCHS));
  }

  @Override
  public MemoryPlan plan(Interactions train, Options o, Run run) {
    return AutoencoderTraining.plan(train, o.shape(train.itemCount()), o.batchSize(), run);
  }

  @Override
  public TrainedModel fit(Interactions train, Options o, Run run) {
    if (o.klSelection() == KlSelection.GIVEN) {
      return training(train, o, o.klCap()).fit(train, run).model();
    }
    if (run.validation().isEmpty()) {
      throw TamisException.config(
          "kl-selection two-run chooses by validation, but there is no validation data; give some,"
              + " or set kl-selection=given and kl-cap");
    }
    Phases phases =
        new Phases(
            run.checkpoints(), Identity.of(name(), o.settings().complete(options()), train, run));
    SortedMap<String, Object> found =
        phases.find(
            checkpoints -> {
              AutoencoderTraining first = training(train, o, 1);
              long steps = first.fit(train, run.withCheckpoints(checkpoints)).steps();
              return new TreeMap<>(Map.of("steps", new long[] {steps}));
            });
    double cap = training(train, o, 1).kl().at(((long[]) found.get("steps"))[0]);
    run.listener()
        .note(
            "the first run was best at a divergence weight of " + cap + ", the cap of the second");
    return training(train, o, cap).fit(train, run.withCheckpoints(phases.last())).model();
  }

  private AutoencoderTraining training(Interactions train, Options o, double klCap) {
    return new AutoencoderTraining(
        name(),
        o.withKl(klCap).settings().complete(options()),
        o.shape(train.itemCount()),
        new Multinomial(),
        o.dropout(),
        new KlSchedule(klCap, o.klAnnealSteps()),
        0,
        o.epochs(),
        o.batchSize(),
        new LearningRate(o.learningRate(), o.rateDecay(), o.rateDecayEpochs()));
  }
}
