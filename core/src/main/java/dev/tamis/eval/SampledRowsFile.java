package dev.tamis.eval;

import dev.tamis.config.TamisException;
import dev.tamis.data.IdMap;
import dev.tamis.data.read.TextLines;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads rows of the sampled protocol: tab-separated lines of user, item to find, and negatives
 * separated by spaces; ids as in the training data; plain or gzip, UTF-8 ({@link TextLines}). A
 * first line {@code user item negatives} is a header.
 */
public final class SampledRowsFile {
  private SampledRowsFile() {}

  /**
   * Reads a file.
   *
   * @param users the users of the training data
   * @param items the items of the training data
   * @throws TamisException of kind BAD_DATA for a malformed line, a user with two rows, or a file
   *     without a usable row; of kind IO if the file cannot be read
   */
  public static SampledRows read(Path file, IdMap users, IdMap items) {
    SampledRows rows = new SampledRows();
    Set<String> seen = new HashSet<>();
    try (TextLines lines = TextLines.open(file)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (lines.number() == 1 && line.strip().equalsIgnoreCase("user\titem\tnegatives")) {
          continue;
        }
        String[] fields = line.split("\t", -1);
        if (fields.length != 3 || fields[0].isEmpty() || fields[1].isEmpty()) {
          throw TamisException.badData(
              file
                  + ":"
                  + lines.number()
                  + ": expected user, item and negatives separated by tabs, but found "
                  + fields.length
                  + (fields.length == 3 ? " fields, one of them empty" : " fields"));
        }
        if (!seen.add(fields[0])) {
          throw TamisException.badData(
              file
                  + ":"
                  + lines.number()
                  + ": user '"
                  + fields[0]
                  + "' has a row already; allowed is one a user");
        }
        String[] ids = fields[2].isBlank() ? new String[0] : fields[2].strip().split(" +");
        int[] negatives = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
          negatives[i] = items.index(ids[i]);
        }
        rows.add(users.index(fields[0]), items.index(fields[1]), negatives);
      }
    }
    if (rows.size() == 0) {
      throw TamisException.badData(
          file
              + ": none of its "
              + rows.unknownUsers()
              + " rows is of a user of the training data; check the ids");
    }
    return rows;
  }
}
