package dev.tamis.method;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.solve.ImplicitLoss;
import dev.tamis.solve.LeastSquares;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import dev.tamis.train.TrainingLoop;
import java.util.List;

/**
 * Weighted matrix factorisation by alternating least squares, also known as iALS: see {@link
 * ImplicitLoss}. Users and items are solved in turn, each row against all of the other side; an
 * epoch is both.
 *
 * <p>Hu, Koren, Volinsky: Collaborative Filtering for Implicit Feedback Datasets, ICDM 2008: alpha
 * 40 and 10 sweeps are theirs; they choose lambda for their data, and so should you. By default
 * rows are not solved exactly but by 3 steps of conjugate gradient (Takács, Pilászy, Tikk, RecSys
 * 2011), which come to the same quality in a fraction of the time; {@code solver=cholesky} is the
 * paper's.
 *
 * <p>{@code r_ui} of the paper, how much was consumed, is the rating or count of the data where
 * there is one, and 1 with {@code strength=ones} or without. Item vectors begin normal with
 * deviation {@code 0.1 / sqrt(dim)}, user vectors at 0. Users it has not seen are folded in ({@link
 * dev.tamis.model.LeastSquaresModel}).
 */
public final class Wrmf implements Method<Wrmf.Options> {
  /** What {@code r_ui} is. */
  public enum Strength {
    /** The rating or count of the data; 1 where there is none. */
    RATINGS,
    /** 1 for every pair. */
    ONES
  }

  public static final Option<Integer> EPOCHS = CommonOptions.EPOCHS.withDefault(10);
  public static final Option<Double> ALPHA =
      Option.real("alpha", 40, 1e-6, 1e6, "how much more than others a pair of strength 1 counts");
  public static final Option<Double> LAMBDA =
      Option.real("lambda", 0.01, 0, 1e9, "weight of the squared length of a vector")
          .orKnownAs("regularization", "regParam", "reg");
  public static final Option<Double> LAMBDA_EXPONENT =
      Option.real(
          "lambda-exponent",
          0,
          0,
          2,
          "power of a row's confidences that its lambda is multiplied with; 0 for one lambda, 1 for"
              + " full frequency scaling");
  public static final Option<Strength> STRENGTH =
      Option.choice(
          "strength",
          Strength.RATINGS,
          "what alpha is multiplied with: ratings, or counts, of the data where it has them; or"
              + " ones");
  public static final Option<LeastSquares.Solver> SOLVER =
      Option.choice(
          "solver",
          LeastSquares.Solver.CONJUGATE_GRADIENT,
          "how a row is solved: by some steps from where it was, or exactly");
  public static final Option<Integer> CG_STEPS =
      Option.whole("cg-steps", 3, 1, 1000, "steps of conjugate gradient a row and epoch");

  private static final List<Option<?>> OPTIONS =
      List.of(
          CommonOptions.DIM, EPOCHS, ALPHA, LAMBDA, LAMBDA_EXPONENT, STRENGTH, SOLVER, CG_STEPS);

  /** What the model is and how it is trained; each component is the option of that name. */
  public record Options(
      int dim,
      int epochs,
      double alpha,
      double lambda,
      double lambdaExponent,
      Strength strength,
      LeastSquares.Solver solver,
      int cgSteps) {
    /**
     * @throws dev.tamis.config.TamisException of kind CONFIG if a number is out of the range of its
     *     option
     */
    public Options {
      CommonOptions.DIM.check(dim);
      EPOCHS.check(epochs);
      ALPHA.check(alpha);
      LAMBDA.check(lambda);
      LAMBDA_EXPONENT.check(lambdaExponent);
      CG_STEPS.check(cgSteps);
    }

    ImplicitLoss loss() {
      return new ImplicitLoss(alpha, lambda, lambdaExponent);
    }
  }

  @Override
  public String name() {
    return "wrmf";
  }

  @Override
  public String summary() {
    return "Least squares over all pairs, those in the data weighing more, users and items in"
        + " turn (iALS); ranks users it has never seen.";
  }

  @Override
  public String citation() {
    return "Hu, Koren, Volinsky: Collaborative Filtering for Implicit Feedback Datasets. ICDM 2008";
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
  public Options readKnown(Settings given) {
    return new Options(
        given.get(CommonOptions.DIM),
        given.get(EPOCHS),
        given.get(ALPHA),
        given.get(LAMBDA),
        given.get(LAMBDA_EXPONENT),
        given.get(STRENGTH),
        given.get(SOLVER),
        given.get(CG_STEPS));
  }

  private static Settings settings(Options o) {
    return Settings.none()
        .with(CommonOptions.DIM, o.dim())
        .with(EPOCHS, o.epochs())
        .with(ALPHA, o.alpha())
        .with(LAMBDA, o.lambda())
        .with(LAMBDA_EXPONENT, o.lambdaExponent())
        .with(STRENGTH, o.strength())
        .with(SOLVER, o.solver())
        .with(CG_STEPS, o.cgSteps());
  }

  @Override
  public MemoryPlan plan(Interactions train, Options o, Run run) {
    int threads = run.threads();
    long parameters = (long) o.dim() * (train.userCount() + train.itemCount());
    boolean ratings = o.strength() == Strength.RATINGS && train.ratings().isPresent();
    return new MemoryPlan()
        .add("parameters, best model", 4 * parameters * (run.validation().isPresent() ? 2 : 1))
        .add("users of each item", (ratings ? 8L : 4L) * train.size() + 8L * train.itemCount())
        .add(
            "matrices and rows being solved",
            LeastSquares.bytes(o.solver(), train.userCount(), o.dim(), threads)
                + LeastSquares.bytes(o.solver(), train.itemCount(), o.dim(), threads));
  }

  @Override
  public TrainedModel fit(Interactions train, Options o, Run run) {
    TrainingLoop.refuseNothing(train.size());
    return new WrmfTraining(name(), settings(o).complete(OPTIONS), o, strengths(train, o))
        .fit(train, run);
  }

  /** The ratings where they count, null for ones. */
  private static float[] strengths(Interactions train, Options o) {
    if (o.strength() == Strength.ONES || train.ratings().isEmpty()) {
      return null;
    }
    float[] ratings = train.ratings().get();
    for (float rating : ratings) {
      if (!(rating >= 0 && rating <= 1e9f)) {
        throw TamisException.config(
            "wrmf takes ratings as counts from 0 to 1e9, but the data has "
                + rating
                + "; drop such rows, or set strength=ones to let every pair count alike");
      }
    }
    return ratings;
  }
}
