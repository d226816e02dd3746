package dev.tamis.artifact;

import dev.tamis.config.TamisException;
import dev.tamis.train.TrainingState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * One checkpoint in one file: a header (8 of magic, the format version, 4 of zero, 8 of file
 * length), the identity of the run, the epoch, texts, arrays, and a footer with the CRC32C of all
 * before it. Little-endian.
 *
 * @param identity what the run is
 * @param epoch how many epochs were done
 * @param state everything that training needs to go on
 */
record CheckpointFile(String identity, int epoch, TrainingState state) {
  private static final String MAGIC = "TAMISCKP";
  private static final int VERSION = 1;

  // The types of arrays, by their number in the file.
  private static final int F32 = 1;
  private static final int I32 = 2;
  private static final int I64 = 3;
  private static final int F64 = 4;

  /** Writes a file that does not exist yet, durably; returns its length. */
  long write(FileOperations files, Path file) throws IOException {
    long length = length();
    try (SectionOutput out = new SectionOutput(files.create(file))) {
      out.putBytes(MAGIC.getBytes(StandardCharsets.US_ASCII));
      out.putInt(VERSION);
      out.putInt(0);
      out.putLong(length);
      out.putText(identity);
      out.putInt(epoch);
      out.putInt(state.texts().size());
      for (Map.Entry<String, String> text : state.texts().entrySet()) {
        out.putText(text.getKey());
        out.putText(text.getValue());
      }
      out.putInt(state.arrays().size());
      for (Map.Entry<String, Object> array : state.arrays().entrySet()) {
        out.putText(array.getKey());
        putArray(out, array.getValue());
      }
      out.putCrc();
      out.finish(file.getFileName().toString());
    }
    return length;
  }

  /** How long the file is. */
  long length() {
    long bytes = 24 + textLength(identity) + 3 * Integer.BYTES + Integer.BYTES;
    for (Map.Entry<String, String> text : state.texts().entrySet()) {
      bytes += textLength(text.getKey()) + textLength(text.getValue());
    }
    for (Map.Entry<String, Object> array : state.arrays().entrySet()) {
      bytes += textLength(array.getKey()) + Integer.BYTES + Long.BYTES + bytesOf(array.getValue());
    }
    return bytes;
  }

  /**
   * Reads a checkpoint.
   *
   * @throws TamisException of kind BAD_DATA if it is damaged or of another format
   */
  static CheckpointFile read(Path file) throws IOException {
    try (SectionInput in = SectionInput.open(file)) {
      String magic = new String(in.readBytes(8), StandardCharsets.ISO_8859_1);
      if (!magic.equals(MAGIC)) {
        throw in.damaged("it does not start with " + MAGIC);
      }
      int version = in.readInt();
      if (version != VERSION) {
        throw in.damaged(
            "it has format version " + version + ", this Tamis reads version " + VERSION);
      }
      int reserved = in.readInt();
      long length = in.readLong();
      if (reserved != 0 || length != in.size()) {
        throw in.damaged("it has " + in.size() + " bytes, its header says " + length);
      }
      String identity = in.readText();
      int epoch = in.readInt();
      TrainingState state = new TrainingState();
      try {
        for (int left = in.readInt(); left > 0; left--) {
          state.put(in.readText(), in.readText());
        }
        for (int left = in.readInt(); left > 0; left--) {
          readArray(in, in.readText(), state);
        }
      } catch (IllegalArgumentException e) {
        throw in.damaged(e.getMessage());
      }
      in.checkCrc();
      in.finish();
      return new CheckpointFile(identity, epoch, state);
    }
  }

  private static void putArray(SectionOutput out, Object array) throws IOException {
    if (array instanceof float[] values) {
      head(out, F32, values.length);
      out.putFloats(values);
    } else if (array instanceof int[] values) {
      head(out, I32, values.length);
      out.putInts(values);
    } else if (array instanceof long[] values) {
      head(out, I64, values.length);
      out.putLongs(values);
    } else {
      double[] values = (double[]) array;
      head(out, F64, values.length);
      out.putDoubles(values);
    }
  }

  private static void head(SectionOutput out, int type, int count) throws IOException {
    out.putInt(type);
    out.putLong(count);
  }

  private static void readArray(SectionInput in, String name, TrainingState state)
      throws IOException {
    int type = in.readInt();
    long count = in.readLong();
    switch (type) {
      case F32 -> state.put(name, in.readFloats(count));
      case I32 -> state.put(name, in.readInts(count));
      case I64 -> state.put(name, in.readLongs(count));
      case F64 -> state.put(name, in.readDoubles(count));
      default -> throw in.damaged("array '" + name + "' has the unknown type " + type);
    }
  }

  private static long textLength(String text) {
    return Integer.BYTES + text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static long bytesOf(Object array) {
    if (array instanceof float[] values) {
      return (long) Float.BYTES * values.length;
    } else if (array instanceof int[] values) {
      return (long) Integer.BYTES * values.length;
    } else if (array instanceof long[] values) {
      return (long) Long.BYTES * values.length;
    }
    return (long) Double.BYTES * ((double[]) array).length;
  }
}
