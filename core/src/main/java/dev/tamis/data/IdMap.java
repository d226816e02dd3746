package dev.tamis.data;

import dev.tamis.config.TamisException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The ids of users or items as their owner writes them, byte for byte, and the dense numbers
 * 0..size that stand for them inside.
 *
 * <p>Ids are sorted by their bytes (unsigned), and the dense number of an id is its rank: it
 * depends on the set of ids alone, never on the order in which rows came. Lookup is a binary
 * search. Memory is the bytes of the ids and 4 bytes each.
 */
public final class IdMap {
  /** The longest id, in bytes of UTF-8. */
  public static final int MAX_BYTES = 256;

  private final byte[] bytes; // the ids, one after another
  private final int[] ends; // [size]: where each id ends in bytes

  private IdMap(byte[] bytes, int[] ends) {
    this.bytes = bytes;
    this.ends = ends;
  }

  /**
   * The map of ids that are already laid out in order.
   *
   * @param bytes the ids, one after another; not copied
   * @param ends [size] where each id ends; not copied
   * @throws TamisException of kind BAD_DATA if the ids are not strictly ascending, or one is empty
   *     or longer than {@link #MAX_BYTES}
   */
  public static IdMap ofSorted(byte[] bytes, int[] ends) {
    IdMap map = new IdMap(bytes, ends);
    if (bytes.length != (ends.length == 0 ? 0 : ends[ends.length - 1])) {
      throw TamisException.badData(
          "an id table has " + bytes.length + " bytes, but its last id ends elsewhere");
    }
    for (int i = 0; i < ends.length; i++) {
      int length = ends[i] - map.start(i);
      if (length < 1 || length > MAX_BYTES) {
        throw TamisException.badData(
            "id number " + i + " has " + length + " bytes; allowed are 1 to " + MAX_BYTES);
      }
      if (i > 0 && map.compare(i - 1, bytes, map.start(i), length) >= 0) {
        throw TamisException.badData(
            "the ids of an id table are not strictly ascending at number " + i);
      }
    }
    return map;
  }

  /**
   * The map of these ids, in any order; the same id given twice counts once.
   *
   * @throws TamisException of kind BAD_DATA if an id is empty, longer than {@link #MAX_BYTES} or
   *     not valid Unicode
   */
  public static IdMap of(Collection<String> ids) {
    byte[][] sorted = new byte[ids.size()][];
    int n = 0;
    for (String id : ids) {
      Utf8.fault(id)
          .ifPresent(
              fault -> {
                throw TamisException.badData("an id " + fault);
              });
      sorted[n++] = id.getBytes(StandardCharsets.UTF_8);
    }
    Arrays.sort(sorted, Arrays::compareUnsigned);
    int kept = 0;
    int total = 0;
    for (int i = 0; i < n; i++) {
      if (i == 0 || !Arrays.equals(sorted[i], sorted[kept - 1])) {
        sorted[kept++] = sorted[i];
        total = Math.addExact(total, sorted[i].length);
      }
    }
    byte[] bytes = new byte[total];
    int[] ends = new int[kept];
    int end = 0;
    for (int i = 0; i < kept; i++) {
      System.arraycopy(sorted[i], 0, bytes, end, sorted[i].length);
      end += sorted[i].length;
      ends[i] = end;
    }
    return ofSorted(bytes, ends);
  }

  /** The map of the ids given as an array; see {@link #of(Collection)}. */
  public static IdMap of(String... ids) {
    return of(List.of(ids));
  }

  /** How many ids there are. */
  public int size() {
    return ends.length;
  }

  /** The id with a dense number. */
  public String id(int index) {
    int start = start(index);
    return new String(bytes, start, ends[index] - start, StandardCharsets.UTF_8);
  }

  /** Three of the ids, or all if there are fewer, in quotes: how they look, for a message. */
  public String sample() {
    int some = Math.min(3, size());
    return IntStream.range(0, some)
        .mapToObj(i -> "'" + id((int) ((long) i * size() / some)) + "'")
        .collect(Collectors.joining(", "));
  }

  /** The dense number of an id, or -1 if there is no such id. */
  public int index(String id) {
    if (Utf8.fault(id).isPresent()) {
      return -1;
    }
    byte[] key = id.getBytes(StandardCharsets.UTF_8);
    return index(key, 0, key.length);
  }

  /** The dense number of the id {@code key[from..from+length)}, or -1 if there is no such id. */
  public int index(byte[] key, int from, int length) {
    int low = 0;
    int high = ends.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = compare(middle, key, from, length);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  /**
   * The map of the ids that are marked; their order stays.
   *
   * @param keep [size]
   */
  public IdMap subset(boolean[] keep) {
    byte[] kept = new byte[bytes.length];
    int[] keptEnds = new int[ends.length];
    int count = 0;
    int end = 0;
    for (int i = 0; i < keep.length; i++) {
      if (keep[i]) {
        int length = ends[i] - start(i);
        System.arraycopy(bytes, start(i), kept, end, length);
        end += length;
        keptEnds[count++] = end;
      }
    }
    return count == ends.length
        ? this
        : new IdMap(Arrays.copyOf(kept, end), Arrays.copyOf(keptEnds, count));
  }

  /** The map of the ids of both. */
  public IdMap union(IdMap other) {
    boolean[] isNew = new boolean[other.size()];
    int added = 0;
    int addedBytes = 0;
    for (int i = 0; i < isNew.length; i++) {
      int length = other.ends[i] - other.start(i);
      isNew[i] = index(other.bytes, other.start(i), length) < 0;
      added += isNew[i] ? 1 : 0;
      addedBytes = Math.addExact(addedBytes, isNew[i] ? length : 0);
    }
    if (added == 0) {
      return this;
    }
    byte[] all = new byte[Math.addExact(bytes.length, addedBytes)];
    int[] allEnds = new int[ends.length + added];
    int mine = 0;
    int end = 0;
    int count = 0;
    for (int i = 0; i <= isNew.length; i++) {
      boolean last = i == isNew.length;
      if (!last && !isNew[i]) {
        continue;
      }
      while (mine < ends.length
          && (last
              || compare(mine, other.bytes, other.start(i), other.ends[i] - other.start(i)) < 0)) {
        System.arraycopy(bytes, start(mine), all, end, ends[mine] - start(mine));
        end += ends[mine] - start(mine);
        allEnds[count++] = end;
        mine++;
      }
      if (!last) {
        System.arraycopy(other.bytes, other.start(i), all, end, other.ends[i] - other.start(i));
        end += other.ends[i] - other.start(i);
        allEnds[count++] = end;
      }
    }
    return ofSorted(all, allEnds);
  }

  /** The bytes of all ids, one after another. Not a copy: do not write to it. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where each id ends in {@link #bytes()}. Not a copy: do not write to it. */
  public int[] ends() {
    return ends;
  }

  /** Whether both have the same ids. */
  public boolean sameAs(IdMap other) {
    return this == other || Arrays.equals(ends, other.ends) && Arrays.equals(bytes, other.bytes);
  }

  private int start(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }

  private int compare(int index, byte[] key, int from, int length) {
    return Arrays.compareUnsigned(bytes, start(index), ends[index], key, from, from + length);
  }
}
