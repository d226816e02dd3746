package dev.tamis.eval.samplers;

import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.PairModel;
import dev.tamis.model.Pass;
import dev.tamis.sample.Proposal;
import java.util.Arrays;

/**
 * Some users as the rows of one batch, and draws for them, for each its own also where the proposal
 * draws for a group of rows. Threads that draw for different rows may share it.
 */
final class DrawBlock {
  private final Proposal proposal;
  private final PairModel model;
  private final long seed;
  private final Batch batch;
  private final Matrix q;
  private final Candidates[] byWidth;
  private long first; // the place of the first row's user in the sample

  /**
   * @param rows the most users at a time
   * @param widths how many items are drawn at a time, in each way of drawing
   */
  DrawBlock(Proposal proposal, PairModel model, long seed, int rows, int[] widths) {
    this.proposal = proposal;
    this.model = model;
    this.seed = seed;
    this.batch = new Batch(rows, rows);
    this.q = new Matrix(rows, model.users().width());
    this.byWidth = new Candidates[widths.length];
    for (int w = 0; w < widths.length; w++) {
      byWidth[w] = new Candidates(proposal.layout(), rows, widths[w], 1);
    }
  }

  /** Takes up users {@code from..from + rows} of a sample. */
  void begin(UserSample sample, int from, int rows) {
    first = from;
    batch.rows = rows;
    for (int r = 0; r < rows; r++) {
      batch.users[r] = sample.users()[from + r];
      batch.posIds[r] = sample.positives()[from + r];
      batch.posStart[r + 1] = r + 1;
    }
    model.users().forward(batch.users, 0, rows, q);
    for (Candidates c : byWidth) {
      c.begin(batch);
    }
  }

  int user(int row) {
    return batch.users[row];
  }

  int positive(int row) {
    return batch.posIds[row];
  }

  /** [width] a copy of a row's query. */
  float[] query(int row) {
    return Arrays.copyOfRange(q.data, q.at(row), q.at(row + 1));
  }

  /** What was drawn for a row last begins at {@code at(way, row)} of {@code ids(way)}. */
  int[] ids(int way) {
    return byWidth[way].ids;
  }

  int at(int way, int row) {
    return byWidth[way].idsAt(row);
  }

  int width(int way) {
    return byWidth[way].width;
  }

  /**
   * Draws for a row.
   *
   * @param time which time; other times, other ways and other users draw by other numbers
   * @param rng scratch of this thread
   */
  void draw(int way, int row, long time, Rng rng) {
    long step = (long) way << 56 | first << 32 | time;
    proposal.propose(batch, row, row + 1, q, byWidth[way], new Pass(seed, 1, step), rng);
  }
}
