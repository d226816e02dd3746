package dev.tamis.data.read;

import dev.tamis.config.TamisException;
import dev.tamis.data.IdMap;
import java.util.Arrays;

/**
 * Gives ids numbers in the order of their first coming, and at the end the numbers of their sorted
 * order. The ids lie one after another in one array; beside them 4 bytes where each ends, 4 of its
 * hash, and 8 to 16 of open addressing.
 */
final class IdTable {
  private byte[] arena = new byte[1 << 12];
  private int[] ends = new int[1 << 8]; // [size]
  private int[] hashes = new int[1 << 8]; // [size]
  private int[] slots = new int[1 << 10]; // number + 1 of an id, or 0; a power of two
  private int size;

  int size() {
    return size;
  }

  /** The number of an id, or -1 if it is new. */
  int find(byte[] text, int from, int length) {
    int hash = hash(text, from, length);
    for (int slot = hash; ; slot++) {
      int number = slots[slot & slots.length - 1] - 1;
      if (number < 0 || hashes[number] == hash && equal(number, text, from, length)) {
        return number;
      }
    }
  }

  /** Adds an id that is new, and returns its number. */
  int add(byte[] text, int from, int length) {
    int used = start(size);
    if (used > Integer.MAX_VALUE - 16 - length) {
      throw TamisException.config("the ids together are longer than 2 GiB; use shorter ids");
    }
    if (used + length > arena.length) {
      arena = Arrays.copyOf(arena, (int) Math.min(Integer.MAX_VALUE - 16, 2L * arena.length));
    }
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, 2 * size);
      hashes = Arrays.copyOf(hashes, 2 * size);
    }
    if (2 * (size + 1) > slots.length) {
      grow();
    }
    System.arraycopy(text, from, arena, used, length);
    ends[size] = used + length;
    hashes[size] = hash(text, from, length);
    place(size);
    return size++;
  }

  private void grow() {
    slots = new int[2 * slots.length];
    for (int number = 0; number < size; number++) {
      place(number);
    }
  }

  private void place(int number) {
    int slot = hashes[number] & slots.length - 1;
    while (slots[slot] != 0) {
      slot = slot + 1 & slots.length - 1;
    }
    slots[slot] = number + 1;
  }

  private int start(int number) {
    return number == 0 ? 0 : ends[number - 1];
  }

  private boolean equal(int number, byte[] text, int from, int length) {
    int start = start(number);
    if (ends[number] - start != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (arena[start + i] != text[from + i]) {
        return false;
      }
    }
    return true;
  }

  private static int hash(byte[] text, int from, int length) {
    long h = length;
    for (int i = from; i < from + length; i++) {
      h = (h ^ text[i]) * 0x9E3779B97F4A7C15L;
      h ^= h >>> 29;
    }
    return (int) (h ^ h >>> 32);
  }

  /** The numbers of the ids, sorted by the bytes of the ids. The table must not grow after this. */
  int[] order() {
    slots = new int[0];
    hashes = new int[0];
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      order[i] = i;
    }
    sort(order, 0, size, 0);
    return order;
  }

  /** The ids in their sorted order. */
  IdMap sorted(int[] order) {
    byte[] bytes = new byte[start(size)];
    int[] sortedEnds = new int[size];
    int end = 0;
    for (int rank = 0; rank < size; rank++) {
      int from = start(order[rank]);
      int length = ends[order[rank]] - from;
      System.arraycopy(arena, from, bytes, end, length);
      end += length;
      sortedEnds[rank] = end;
    }
    return IdMap.ofSorted(bytes, sortedEnds);
  }

  /**
   * Multikey quicksort (Bentley and Sedgewick 1997): parts the ids by one byte at a time, so common
   * beginnings are looked at once. No two ids are equal, so the result is one.
   */
  private void sort(int[] order, int from, int to, int depth) {
    while (to - from > 1) {
      int pivot = median(order, from, to, depth);
      int low = from;
      int high = to;
      for (int i = from; i < high; ) {
        int b = byteAt(order[i], depth);
        if (b < pivot) {
          swap(order, i++, low++);
        } else if (b > pivot) {
          swap(order, i, --high);
        } else {
          i++;
        }
      }
      sort(order, from, low, depth);
      sort(order, high, to, depth);
      if (pivot < 0) {
        return;
      }
      from = low;
      to = high;
      depth++;
    }
  }

  private int median(int[] order, int from, int to, int depth) {
    int a = byteAt(order[from], depth);
    int b = byteAt(order[from + to >>> 1], depth);
    int c = byteAt(order[to - 1], depth);
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  /** A byte of an id, 0..255, or -1 past its end. */
  private int byteAt(int number, int depth) {
    int at = start(number) + depth;
    return at < ends[number] ? arena[at] & 255 : -1;
  }

  private static void swap(int[] values, int i, int j) {
    int value = values[i];
    values[i] = values[j];
    values[j] = value;
  }
}
