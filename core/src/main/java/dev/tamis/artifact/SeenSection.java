package dev.tamis.artifact;

import dev.tamis.data.IdMap;
import dev.tamis.data.Interactions;
import java.io.IOException;

/** What each user already has: row starts, then item numbers. Ratings and times are not kept. */
final class SeenSection {
  private SeenSection() {}

  static void write(SectionOutput out, String id, Interactions seen) throws IOException {
    Frame.SEEN.writeHeader(out, id);
    out.putLong(seen.userCount());
    out.putLong(seen.size());
    out.putInts(seen.rowStart());
    out.putInts(seen.itemIds());
    out.putCrc();
  }

  static Interactions read(SectionInput in, String id, IdMap users, IdMap items, int interactions)
      throws IOException {
    Frame.SEEN.readHeader(in, id);
    long rows = in.readLong();
    long pairs = in.readLong();
    if (rows != users.size() || pairs != interactions) {
      throw in.damaged(
          "it has "
              + rows
              + " users and "
              + pairs
              + " pairs, the manifest says "
              + users.size()
              + " and "
              + interactions);
    }
    int[] rowStart = in.readInts(rows + 1);
    int[] itemIds = in.readInts(pairs);
    in.checkCrc();
    in.finish();
    try {
      return new Interactions(users, items, rowStart, itemIds, null, null);
    } catch (IllegalArgumentException e) {
      throw in.damaged(e.getMessage());
    }
  }
}
