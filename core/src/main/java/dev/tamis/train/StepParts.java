package dev.tamis.train;

import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.model.Candidates;
import dev.tamis.model.PairModel;
import dev.tamis.model.score.ScoreFunction;
import dev.tamis.objective.Objective;
import dev.tamis.optim.Optimizer;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.Refiner;
import java.util.List;

/**
 * What a step that trains by candidates is made of, whatever makes its queries and items: a {@link
 * SharedStep} where the proposal draws for rows together, a {@link PairStep} where it draws for
 * each.
 *
 * @param refiners what reweighs the candidates once they are scored, in this order
 * @param reduction how the rows of a batch count
 * @param batchRows the largest batch
 * @param width candidates of a row or, where rows share them, of a group; a proposal may make one
 *     list for the whole batch instead ({@link Proposal#ofBatch})
 * @param decay L2 per occurrence: each time a row of a table occurs in a batch, {@code decay *
 *     |row|^2} is added to that example's loss. For shared candidates an occurrence is weighted by
 *     the sum of the loss's derivatives by the candidate's scores; of a softmax, those of one row
 *     of the batch sum to at most 1
 * @param shards into how many parts, or groups that share candidates, a batch is cut, whatever the
 *     threads
 */
public record StepParts(
    Proposal proposal,
    List<Refiner> refiners,
    Objective objective,
    Reduction reduction,
    Optimizer optimizer,
    int batchRows,
    int width,
    double decay,
    int shards) {
  /**
   * Copies the refiners.
   *
   * @throws IllegalArgumentException if the objective cannot take candidates as the proposal lays
   *     them out, or if rows share them and their losses are summed
   */
  public StepParts {
    refiners = List.copyOf(refiners);
    if (!objective.accepts().contains(proposal.layout())) {
      throw new IllegalArgumentException(
          "the proposal's candidates are "
              + proposal.layout()
              + ", which the objective is not for");
    }
    if (proposal.layout() == Candidates.Layout.SHARED && reduction != Reduction.MEAN) {
      throw new IllegalArgumentException("where rows share candidates, a batch counts as its mean");
    }
  }

  /** Whether the gradient goes through the weights that a refiner gives. */
  boolean weightsFlow() {
    boolean flow = false;
    for (Refiner refiner : refiners) {
      flow |= refiner.weightsFlow();
    }
    return flow;
  }

  /** A step over users' rows of a table. */
  public Step step(PairModel model, Interactions train, Workers workers) {
    return step(
        new UserSide(model, optimizer, batchRows, queryShards(), workers),
        model.score(),
        train,
        workers);
  }

  /** A step over rows of a table of items, whatever the queries are made of. */
  public Step step(QuerySide queries, ScoreFunction score, Interactions train, Workers workers) {
    return step(queries, new ItemRows(score.items(), optimizer, workers), score, train, workers);
  }

  /**
   * A step over any queries and items.
   *
   * @param score of the items' table
   * @param train what a user's positives are
   * @throws IllegalArgumentException if rows share candidates and the score is no inner product
   */
  public Step step(
      QuerySide queries, ItemSide items, ScoreFunction score, Interactions train, Workers workers) {
    if (proposal.layout() == Candidates.Layout.PER_ROW) {
      return new PairStep(queries, items, score, this, workers);
    }
    if (!score.scalesQueries() || score.towardsQueries() || !score.parameters().isEmpty()) {
      throw new IllegalArgumentException("shared candidates are scored by inner products only");
    }
    return new SharedStep(queries, items, train, this, workers);
  }

  private int queryShards() {
    return proposal.layout() == Candidates.Layout.PER_ROW
        ? shards
        : SharedStep.parts(batchRows, proposal.ofBatch(batchRows) > 0, shards);
  }
}
