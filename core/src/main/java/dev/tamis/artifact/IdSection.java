package dev.tamis.artifact;

import dev.tamis.config.TamisException;
import dev.tamis.data.IdMap;
import java.io.IOException;

/** The ids of users or items, byte for byte, in the order of their dense numbers. */
final class IdSection {
  private IdSection() {}

  static void write(SectionOutput out, String id, IdMap ids) throws IOException {
    Frame.IDS.writeHeader(out, id);
    out.putLong(ids.size());
    out.putInts(ids.ends());
    out.putBytes(ids.bytes());
    out.putCrc();
  }

  static IdMap read(SectionInput in, String id, int count) throws IOException {
    Frame.IDS.readHeader(in, id);
    long written = in.readLong();
    if (written != count) {
      throw in.damaged("it has " + written + " ids, the manifest says " + count);
    }
    int[] ends = in.readInts(count);
    byte[] bytes = in.readBytes(count == 0 ? 0 : ends[count - 1]);
    in.checkCrc();
    in.finish();
    int start = 0;
    for (int end : ends) {
      if (end < start || end > bytes.length) {
        throw in.damaged("an id ends at byte " + end + ", out of range");
      }
      start = end;
    }
    try {
      return IdMap.ofSorted(bytes, ends);
    } catch (TamisException e) {
      throw in.damaged(e.getMessage());
    }
  }
}
