package dev.tamis.eval;

import dev.tamis.data.HeldOut;
import dev.tamis.data.Interactions;
import dev.tamis.rank.Exclusions;
import dev.tamis.rank.QueryBlock;
import dev.tamis.rank.Ranked;
import dev.tamis.rank.Ranker;
import dev.tamis.rank.Scorer;
import java.util.Arrays;

/** Ranks and measures blocks of users. Scratch of one thread. */
final class UserBlocks {
  private static final Ranker.Tiles NOBODY = (fromItem, toItem, scores) -> {};

  private final HeldOut heldOut;
  private final int[] users; // [evaluated] dense numbers
  private final AmongItems among;
  private final Plan plan;
  private final Ranker ranker;
  private final QueryBlock queries;
  private final Ranked ranked;
  private final UserList list;
  private final AucCounter auc; // or null

  UserBlocks(
      Scorer scorer,
      HeldOut heldOut,
      int[] users,
      AmongItems among,
      Plan plan,
      ListConstants constants,
      int maxRows,
      int tileItems) {
    this.heldOut = heldOut;
    this.users = users;
    this.among = among;
    this.plan = plan;
    this.ranker =
        tileItems > 0
            ? new Ranker(scorer, maxRows, plan.longest, tileItems)
            : new Ranker(scorer, maxRows, plan.longest);
    this.queries = new QueryBlock(maxRows);
    this.ranked = new Ranked(maxRows, plan.longest);
    this.list = new UserList(constants);
    this.auc = plan.asksFor(Auc.class) ? new AucCounter(scorer, heldOut, maxRows) : null;
  }

  /**
   * Measures {@code users[first..first + rows)}.
   *
   * @param values [... x metrics], written from row {@code start} on
   * @param lists [... x longest] the items recommended, written from row {@code start} on; or null
   */
  void measure(int first, int rows, double[] values, int[] lists, int start) {
    Interactions input = heldOut.input();
    queries.clear();
    for (int row = 0; row < rows; row++) {
      int user = users[first + row];
      int from = input.rowStart()[user];
      queries.append(
          heldOut.trained() ? user : -1, input.itemIds(), from, input.rowStart()[user + 1]);
    }
    if (auc != null) {
      auc.begin(queries, users, first);
    }
    Exclusions exclusions = among.exclusions(queries);
    ranker.rank(queries, exclusions, ranked, 0, auc == null ? NOBODY : auc);
    if (lists != null) {
      System.arraycopy(ranked.items, 0, lists, start * ranked.k, rows * ranked.k);
    }
    for (int row = 0; row < rows; row++) {
      int user = users[first + row];
      fill(row, user);
      if (auc != null) {
        int excluded = exclusions.start()[row + 1] - exclusions.start()[row];
        list.auc = auc.of(row, input.itemCount() - excluded, list.relevant);
      }
      plan.measure(list, values, (start + row) * plan.width());
    }
  }

  private void fill(int row, int user) {
    Interactions target = heldOut.target();
    int targetFrom = target.rowStart()[user];
    int targetTo = target.rowStart()[user + 1];
    list.relevant = heldOut.relevant(user);
    list.others = among.count(target.itemCount()) - (targetTo - targetFrom);
    list.length = ranked.counts[row];
    list.hits = 0;
    for (int i = 0; i < list.length; i++) {
      int item = ranked.items[row * ranked.k + i];
      list.items[i] = item;
      if (Arrays.binarySearch(target.itemIds(), targetFrom, targetTo, item) >= 0) {
        list.hitRanks[list.hits++] = i + 1;
      }
    }
  }
}
