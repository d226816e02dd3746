package dev.tamis.train;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that training needs to go on where it stopped: named arrays of primitives and named
 * texts. Each part of training writes under names of its own ("optimizer/item/first-moment").
 */
public final class TrainingState {
  private final SortedMap<String, Object> arrays = new TreeMap<>();
  private final SortedMap<String, String> texts = new TreeMap<>();

  /** Adds an array, which is not copied: it must not change until the state is written. */
  public TrainingState put(String name, float[] values) {
    return putArray(name, values);
  }

  public TrainingState put(String name, int[] values) {
    return putArray(name, values);
  }

  public TrainingState put(String name, long[] values) {
    return putArray(name, values);
  }

  public TrainingState put(String name, double[] values) {
    return putArray(name, values);
  }

  public TrainingState put(String name, String text) {
    if (texts.put(name, text) != null) {
      throw new IllegalArgumentException("text '" + name + "' is put twice");
    }
    return this;
  }

  /** Adds an array of one of the types above, known only at run time. */
  public TrainingState putLive(String name, Object array) {
    if (!(array instanceof float[]
        || array instanceof double[]
        || array instanceof int[]
        || array instanceof long[])) {
      throw new IllegalArgumentException("'" + name + "' is not an array that a state can hold");
    }
    return putArray(name, array);
  }

  /**
   * Copies an array of this state into another of the same type and length.
   *
   * @throws IllegalArgumentException if type or length differ
   */
  public void copyInto(String name, Object target) {
    Object values = array(name, target.getClass());
    int length = java.lang.reflect.Array.getLength(values);
    if (length != java.lang.reflect.Array.getLength(target)) {
      throw new IllegalArgumentException(
          "array '" + name + "' of the state has " + length + " values, which do not fit");
    }
    System.arraycopy(values, 0, target, 0, length);
  }

  public float[] floats(String name) {
    return array(name, float[].class);
  }

  public int[] ints(String name) {
    return array(name, int[].class);
  }

  public long[] longs(String name) {
    return array(name, long[].class);
  }

  public double[] doubles(String name) {
    return array(name, double[].class);
  }

  /** The text of a name. */
  public String text(String name) {
    String text = texts.get(name);
    if (text == null) {
      throw new IllegalArgumentException("the state has no text '" + name + "'");
    }
    return text;
  }

  /** Whether there is an array or text of this name. */
  public boolean has(String name) {
    return arrays.containsKey(name) || texts.containsKey(name);
  }

  /**
   * All arrays by name: each a {@code float[]}, {@code int[]}, {@code long[]} or {@code double[]}.
   */
  public SortedMap<String, Object> arrays() {
    return Collections.unmodifiableSortedMap(arrays);
  }

  /** All texts by name. */
  public SortedMap<String, String> texts() {
    return Collections.unmodifiableSortedMap(texts);
  }

  private TrainingState putArray(String name, Object values) {
    if (arrays.put(name, values) != null) {
      throw new IllegalArgumentException("array '" + name + "' is put twice");
    }
    return this;
  }

  private <A> A array(String name, Class<A> type) {
    Object values = arrays.get(name);
    if (values == null) {
      throw new IllegalArgumentException("the state has no array '" + name + "'");
    }
    return type.cast(values);
  }
}
