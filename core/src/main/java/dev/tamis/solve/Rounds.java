package dev.tamis.solve;

import dev.tamis.kernels.Workers;
import java.util.function.IntConsumer;

/**
 * Work on each of a number of items, in so many calls of the workers that progress can be told in
 * between on the calling thread.
 */
public final class Rounds {
  private static final int MOST = 100;
  private static final int BLOCK = 16;

  private final int size;
  private final int each; // items of a round

  /** The work on one item. */
  @FunctionalInterface
  interface Part {
    void run(int item, int worker);
  }

  /** Over items 0 to {@code size}. */
  public Rounds(int size) {
    this.size = size;
    this.each = Math.max(4 * BLOCK, (size + MOST - 1) / MOST);
  }

  /** How many rounds there are. */
  public int count() {
    return (size + each - 1) / each;
  }

  /**
   * Runs all.
   *
   * @param progress told how many rounds are done
   */
  void run(Workers workers, IntConsumer progress, Part part) {
    for (int round = 0; round < count(); round++) {
      int from = round * each;
      int to = Math.min(size, from + each);
      workers.run(
          (to - from + BLOCK - 1) / BLOCK,
          (block, worker) -> {
            int first = from + block * BLOCK;
            for (int item = first; item < Math.min(to, first + BLOCK); item++) {
              part.run(item, worker);
            }
          });
      progress.accept(round + 1);
    }
  }
}
