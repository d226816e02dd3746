package dev.tamis.data.split;

import dev.tamis.config.TamisException;
import dev.tamis.data.IdMap;
import dev.tamis.data.Interactions;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes interactions as TSV: user, item and, where there are any, rating and timestamp. */
public final class TsvWriter {
  private TsvWriter() {}

  /**
   * Writes a file, gzip if its name ends in {@code .gz}, users and items in the order of their ids.
   *
   * @throws TamisException of kind BAD_DATA if an id has a control character, which TSV cannot hold
   */
  public static void write(Path file, Interactions data) throws IOException {
    refuseControls(data.users());
    refuseControls(data.items());
    try (OutputStream out = open(file)) {
      float[] ratings = data.ratings().orElse(null);
      long[] times = data.timestamps().orElse(null);
      String header =
          "user\titem" + (ratings == null ? "" : "\trating") + (times == null ? "" : "\ttimestamp");
      out.write(header.getBytes(StandardCharsets.US_ASCII));
      out.write('\n');
      for (int u = 0; u < data.userCount(); u++) {
        for (int e = data.rowStart()[u]; e < data.rowStart()[u + 1]; e++) {
          id(out, data.users(), u);
          out.write('\t');
          id(out, data.items(), data.itemIds()[e]);
          if (ratings != null) {
            out.write(("\t" + ratings[e]).getBytes(StandardCharsets.US_ASCII));
          }
          if (times != null) {
            out.write(("\t" + times[e]).getBytes(StandardCharsets.US_ASCII));
          }
          out.write('\n');
        }
      }
    }
  }

  /** A file to write to, gzip if its name ends in {@code .gz}; the gzip header has no time. */
  public static OutputStream open(Path file) throws IOException {
    OutputStream plain = Files.newOutputStream(file);
    return file.toString().endsWith(".gz")
        ? new BufferedOutputStream(new GZIPOutputStream(plain, 1 << 16), 1 << 16)
        : new BufferedOutputStream(plain, 1 << 16);
  }

  private static void id(OutputStream out, IdMap ids, int number) throws IOException {
    int start = number == 0 ? 0 : ids.ends()[number - 1];
    out.write(ids.bytes(), start, ids.ends()[number] - start);
  }

  private static void refuseControls(IdMap ids) {
    for (byte b : ids.bytes()) {
      if (b >= 0 && b < ' ' || b == 127) {
        throw TamisException.badData(
            "an id has a control character, which TSV cannot hold; rename the id");
      }
    }
  }
}
