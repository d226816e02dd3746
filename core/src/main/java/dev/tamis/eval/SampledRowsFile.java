package dev.tamis.eval;

import dev.tamis.config.TamisException;
import dev.tamis.data.IdMap;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Reads rows of the sampled protocol: tab-separated lines of user, item to find, and negatives
 * separated by spaces; ids as in the training data; plain or gzip, UTF-8. A first line {@code user
 * item negatives} is a header.
 */
public final class SampledRowsFile {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

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
    try (BufferedReader lines = open(file)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (number == 1 && line.startsWith(BYTE_ORDER_MARK)) {
          line = line.substring(1);
        }
        String[] fields = line.split("\t", -1);
        if (number == 1 && line.strip().equalsIgnoreCase("user\titem\tnegatives")) {
          continue;
        }
        if (fields.length != 3 || fields[0].isEmpty() || fields[1].isEmpty()) {
          throw TamisException.badData(
              file
                  + ":"
                  + number
                  + ": expected user, item and negatives separated by tabs, but found "
                  + fields.length
                  + (fields.length == 3 ? " fields, one of them empty" : " fields"));
        }
        if (!seen.add(fields[0])) {
          throw TamisException.badData(
              file
                  + ":"
                  + number
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
    } catch (CharacterCodingException e) {
      throw new TamisException(
          TamisException.Kind.BAD_DATA, file + ": not UTF-8; convert it to UTF-8", e);
    } catch (IOException e) {
      throw new TamisException(
          TamisException.Kind.IO, file + ": cannot be read: " + e.getMessage(), e);
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

  private static BufferedReader open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file));
    try {
      in.mark(2);
      boolean zipped = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      return new BufferedReader(
          new InputStreamReader(
              zipped ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8.newDecoder()));
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }
}
