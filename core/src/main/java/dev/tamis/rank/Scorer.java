package dev.tamis.rank;

/**
 * A trained model as ranking sees it: it scores runs of items for blocks of queries. Safe for use
 * by several threads, each with its own {@link Block}.
 */
public interface Scorer {
  /** How many items it scores, numbered from 0. */
  int itemCount();

  /**
   * Whether it ranks a query without a trained user: by its history, or alike for everybody where
   * the model scores items alone.
   */
  boolean ranksUnseenUsers();

  /** Scratch space of one thread for blocks of at most {@code maxRows} queries. */
  Block newBlock(int maxRows);

  /** A block of queries being scored. */
  interface Block {
    /**
     * Takes up the queries: encodes histories, gathers vectors. A row's later scores are a function
     * of that row alone, not of the others.
     *
     * @throws IllegalArgumentException if a row has no trained user and the model does not rank
     *     unseen users, or there are too many rows
     */
    void load(QueryBlock queries);

    /**
     * Writes the scores of items {@code fromItem..toItem} for every loaded query: {@code out[row *
     * (toItem - fromItem) + (item - fromItem)]}. The bits of a score do not depend on the run of
     * items asked for.
     */
    void score(int fromItem, int toItem, float[] out);
  }
}
