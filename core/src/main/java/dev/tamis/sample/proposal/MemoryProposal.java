package dev.tamis.sample.proposal;

import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.PairModel;
import dev.tamis.model.Pass;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.ScoreHistory;
import dev.tamis.sample.UserMemories;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Lays out the memory of the user, then items drawn uniformly, with replacement, all of them
 * without the user's positives. Refiners choose among the memory and renew it; the proposal takes
 * up what they wrote after each step, and the model after each epoch ({@link UserMemories}, {@link
 * ScoreHistory}). Memories begin with uniform draws.
 *
 * <p>How probable an item of a memory was, is not known. Cost of a row: O(memory), and {@code N /
 * (N - n_u)} trials expected for each item drawn.
 */
public final class MemoryProposal implements Proposal {
  private final Interactions train;
  private final PositiveSets positives;
  private final UserMemories memories;
  private final ScoreHistory history;
  private final int fresh;

  /**
   * @param fresh how many items are drawn beside those of the memory
   */
  public MemoryProposal(
      Interactions train,
      PositiveSets positives,
      UserMemories memories,
      ScoreHistory history,
      int fresh) {
    this.train = train;
    this.positives = positives;
    this.memories = memories;
    this.history = history;
    this.fresh = fresh;
  }

  @Override
  public Candidates.Layout layout() {
    return Candidates.Layout.PER_ROW;
  }

  @Override
  public boolean exactLogQ() {
    return false;
  }

  @Override
  public boolean needsUsers() {
    return true;
  }

  @Override
  public void refresh(PairModel model, long seed, int epoch, Workers workers) {
    if (epoch > 0) {
      history.take(model);
      return;
    }
    Rng rng = new Rng();
    for (int u = 0; u < train.userCount(); u++) {
      rng.key(seed, Stream.MEMORIES, -1, u);
      draw(u, memories.items(), memories.at(u), memories.at(u + 1), rng);
    }
  }

  /**
   * @throws IllegalArgumentException if there is not exactly room for memory and fresh items
   */
  @Override
  public void propose(Batch batch, int from, int to, Matrix q, Candidates out, Pass pass, Rng rng) {
    int size = memories.size();
    if (out.width != size + fresh) {
      throw new IllegalArgumentException(
          "a memory of " + size + " and " + fresh + " fresh items in a width of " + out.width);
    }
    positives.fetch(batch.users, from, to);
    for (int r = from; r < to; r++) {
      int user = batch.users[r];
      System.arraycopy(memories.items(), memories.at(user), out.ids, out.at(r), size);
      rng.key(pass.seed(), Stream.NEGATIVES, pass.step(), r);
      draw(user, out.ids, out.at(r) + size, out.at(r + 1), rng);
    }
    Arrays.fill(out.logQ, out.at(from), out.at(to), 0);
    Arrays.fill(out.posLogQ, out.posStart[from], out.posStart[to], Float.NaN);
  }

  private void draw(int user, int[] ids, int from, int to, Rng rng) {
    for (int i = from; i < to; i++) {
      ids[i] = positives.drawOther(user, rng);
    }
  }

  @Override
  public void endStep(Batch batch, Pass pass) {
    memories.commit(batch);
  }

  @Override
  public SortedMap<String, Object> state() {
    TreeMap<String, Object> state = new TreeMap<>(history.state());
    state.put("memories", memories.items());
    return state;
  }

  /** Of a candidate at a random place of a row, given the memory as it is. */
  @Override
  public double[] probabilities(int user, float[] query) {
    double[] p = new double[train.itemCount()];
    int places = memories.size() + fresh;
    int free = train.itemCount() - train.degree(user);
    for (int i = 0; i < p.length; i++) {
      p[i] = train.contains(user, i) ? 0 : (double) fresh / places / free;
    }
    for (int m = memories.at(user); m < memories.at(user + 1); m++) {
      p[memories.items()[m]] += 1.0 / places;
    }
    return p;
  }
}
