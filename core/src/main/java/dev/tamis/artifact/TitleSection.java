package dev.tamis.artifact;

import dev.tamis.data.Utf8;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A title an item, in the order of the items' dense numbers. */
final class TitleSection {
  private TitleSection() {}

  static void write(SectionOutput out, String id, String[] titles) throws IOException {
    Frame.TITLES.writeHeader(out, id);
    out.putLong(titles.length);
    int[] ends = new int[titles.length];
    int end = 0;
    for (int i = 0; i < titles.length; i++) {
      end = Math.addExact(end, titles[i].getBytes(StandardCharsets.UTF_8).length);
      ends[i] = end;
    }
    out.putInts(ends);
    for (String title : titles) {
      out.putBytes(title.getBytes(StandardCharsets.UTF_8));
    }
    out.putCrc();
  }

  static String[] read(SectionInput in, String id, int items) throws IOException {
    Frame.TITLES.readHeader(in, id);
    long count = in.readLong();
    if (count != items) {
      throw in.damaged("it has " + count + " titles, the manifest says " + items + " items");
    }
    int[] ends = in.readInts(count);
    byte[] utf8 = in.readBytes(items == 0 ? 0 : ends[items - 1]);
    in.checkCrc();
    in.finish();
    String[] titles = new String[items];
    int start = 0;
    for (int i = 0; i < items; i++) {
      if (ends[i] < start || ends[i] > utf8.length) {
        throw in.damaged("the title of item number " + i + " is out of range");
      }
      try {
        titles[i] = Utf8.text(utf8, start, ends[i] - start);
      } catch (CharacterCodingException e) {
        throw in.damaged("the title of item number " + i + " is not UTF-8");
      }
      start = ends[i];
    }
    return titles;
  }
}
