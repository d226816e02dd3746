package dev.tamis.kernels;

import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** Kernels over gathered rows that keep their one vector in registers. */
final class SimdRows {
  private static final VectorSpecies<Float> S = SimdMath.S;
  private static final int W = S.length();

  private SimdRows() {}

  static void dotRows(
      float[] q,
      int qFrom,
      float[] table,
      int width,
      int[] rows,
      int from,
      int count,
      float[] out,
      int outFrom) {
    if (W == 16 && width == 2 * W) {
      dotRowsOf2(q, qFrom, table, rows, from, count, out, outFrom);
    } else if (W >= 8 && width == 4 * W) {
      dotRowsOf4(q, qFrom, table, rows, from, count, out, outFrom);
    } else if (W >= 8 && width == 8 * W) {
      dotRowsOf8(q, qFrom, table, rows, from, count, out, outFrom);
    } else {
      int tableRows = width == 0 ? Integer.MAX_VALUE : table.length / width;
      for (int j = 0; j < count; j++) {
        int row = Objects.checkIndex(rows[from + j], tableRows) * width;
        out[outFrom + j] = SimdSums.dot(q, qFrom, table, row, width);
      }
    }
  }

  /** Rows of two vectors of sixteen lanes. */
  private static void dotRowsOf2(
      float[] q,
      int qFrom,
      float[] table,
      int[] rows,
      int from,
      int count,
      float[] out,
      int outFrom) {
    FloatVector q0 = FloatVector.fromArray(S, q, qFrom);
    FloatVector q1 = FloatVector.fromArray(S, q, qFrom + 16);
    FloatVector zero = FloatVector.zero(S);
    int tableRows = table.length / 32;
    for (int j = 0; j < count; j++) {
      int i = Objects.checkIndex(rows[from + j], tableRows) * 32;
      FloatVector p0 = FloatVector.fromArray(S, table, i).fma(q0, zero);
      FloatVector p1 = FloatVector.fromArray(S, table, i + 16).fma(q1, zero);
      // The other two partials are +0, and adding them turns -0 into +0.
      FloatVector sum = p0.add(p1).add(zero);
      sum = sum.add(sum.rearrange(SimdSums.BY_8));
      sum = sum.add(sum.rearrange(SimdSums.BY_4));
      sum = sum.add(sum.rearrange(SimdSums.BY_2));
      out[outFrom + j] = sum.add(sum.rearrange(SimdSums.BY_1)).lane(0);
    }
  }

  /** Rows of four vectors: the four partials of sixteen lanes, or two each of two strips. */
  private static void dotRowsOf4(
      float[] q,
      int qFrom,
      float[] table,
      int[] rows,
      int from,
      int count,
      float[] out,
      int outFrom) {
    FloatVector q0 = FloatVector.fromArray(S, q, qFrom);
    FloatVector q1 = FloatVector.fromArray(S, q, qFrom + W);
    FloatVector q2 = FloatVector.fromArray(S, q, qFrom + 2 * W);
    FloatVector q3 = FloatVector.fromArray(S, q, qFrom + 3 * W);
    FloatVector zero = FloatVector.zero(S);
    int tableRows = table.length / (4 * W);
    for (int j = 0; j < count; j++) {
      int i = Objects.checkIndex(rows[from + j], tableRows) * 4 * W;
      FloatVector p0 = FloatVector.fromArray(S, table, i).fma(q0, zero);
      FloatVector p1 = FloatVector.fromArray(S, table, i + W).fma(q1, zero);
      FloatVector p2 = FloatVector.fromArray(S, table, i + 2 * W).fma(q2, zero);
      FloatVector p3 = FloatVector.fromArray(S, table, i + 3 * W).fma(q3, zero);
      FloatVector sum =
          W == 16
              ? p0.add(p1).add(p2.add(p3))
              : p0.add(p2).add(zero).add(p1.add(p3).add(zero)); // zero as in dotRowsOf2
      if (W == 16) {
        sum = sum.add(sum.rearrange(SimdSums.BY_8));
      }
      sum = sum.add(sum.rearrange(SimdSums.BY_4));
      sum = sum.add(sum.rearrange(SimdSums.BY_2));
      out[outFrom + j] = sum.add(sum.rearrange(SimdSums.BY_1)).lane(0);
    }
  }

  /** Rows of eight vectors: two rounds of the partials of sixteen lanes, or one of two strips. */
  private static void dotRowsOf8(
      float[] q,
      int qFrom,
      float[] table,
      int[] rows,
      int from,
      int count,
      float[] out,
      int outFrom) {
    FloatVector q0 = FloatVector.fromArray(S, q, qFrom);
    FloatVector q1 = FloatVector.fromArray(S, q, qFrom + W);
    FloatVector q2 = FloatVector.fromArray(S, q, qFrom + 2 * W);
    FloatVector q3 = FloatVector.fromArray(S, q, qFrom + 3 * W);
    FloatVector q4 = FloatVector.fromArray(S, q, qFrom + 4 * W);
    FloatVector q5 = FloatVector.fromArray(S, q, qFrom + 5 * W);
    FloatVector q6 = FloatVector.fromArray(S, q, qFrom + 6 * W);
    FloatVector q7 = FloatVector.fromArray(S, q, qFrom + 7 * W);
    FloatVector zero = FloatVector.zero(S);
    int tableRows = table.length / (8 * W);
    for (int j = 0; j < count; j++) {
      int i = Objects.checkIndex(rows[from + j], tableRows) * 8 * W;
      FloatVector p0 = FloatVector.fromArray(S, table, i).fma(q0, zero);
      FloatVector p1 = FloatVector.fromArray(S, table, i + W).fma(q1, zero);
      FloatVector p2 = FloatVector.fromArray(S, table, i + 2 * W).fma(q2, zero);
      FloatVector p3 = FloatVector.fromArray(S, table, i + 3 * W).fma(q3, zero);
      FloatVector p4 = FloatVector.fromArray(S, table, i + 4 * W).fma(q4, W == 16 ? p0 : zero);
      FloatVector p5 = FloatVector.fromArray(S, table, i + 5 * W).fma(q5, W == 16 ? p1 : zero);
      FloatVector p6 = FloatVector.fromArray(S, table, i + 6 * W).fma(q6, W == 16 ? p2 : zero);
      FloatVector p7 = FloatVector.fromArray(S, table, i + 7 * W).fma(q7, W == 16 ? p3 : zero);
      FloatVector sum =
          W == 16
              ? p4.add(p5).add(p6.add(p7))
              : p0.add(p2).add(p4.add(p6)).add(p1.add(p3).add(p5.add(p7)));
      if (W == 16) {
        sum = sum.add(sum.rearrange(SimdSums.BY_8));
      }
      sum = sum.add(sum.rearrange(SimdSums.BY_4));
      sum = sum.add(sum.rearrange(SimdSums.BY_2));
      out[outFrom + j] = sum.add(sum.rearrange(SimdSums.BY_1)).lane(0);
    }
  }

  /** One strip of columns after the other, each over all rows. */
  static void axpyRows(
      float[] alpha,
      int alphaFrom,
      float[] table,
      int width,
      int[] rows,
      int from,
      int count,
      float[] y,
      int yFrom) {
    if (width > 0) {
      int tableRows = table.length / width;
      for (int j = 0; j < count; j++) {
        Objects.checkIndex(rows[from + j], tableRows);
      }
    }
    int c = 0;
    for (; width - c >= 8 * W; c += 8 * W) {
      strip8(alpha, alphaFrom, table, width, c, rows, from, count, y, yFrom + c);
    }
    if (width - c >= 4 * W) {
      strip4(alpha, alphaFrom, table, width, c, rows, from, count, y, yFrom + c);
      c += 4 * W;
    }
    if (width - c >= 2 * W) {
      strip2(alpha, alphaFrom, table, width, c, rows, from, count, y, yFrom + c);
      c += 2 * W;
    }
    if (width - c >= W) {
      strip1(alpha, alphaFrom, table, width, c, rows, from, count, y, yFrom + c);
      c += W;
    }
    if (c < width) {
      partOfStrip(alpha, alphaFrom, table, width, c, rows, from, count, y, yFrom + c);
    }
  }

  private static void strip8(
      float[] alpha,
      int alphaFrom,
      float[] table,
      int width,
      int column,
      int[] rows,
      int from,
      int count,
      float[] y,
      int yFrom) {
    FloatVector y0 = FloatVector.fromArray(S, y, yFrom);
    FloatVector y1 = FloatVector.fromArray(S, y, yFrom + W);
    FloatVector y2 = FloatVector.fromArray(S, y, yFrom + 2 * W);
    FloatVector y3 = FloatVector.fromArray(S, y, yFrom + 3 * W);
    FloatVector y4 = FloatVector.fromArray(S, y, yFrom + 4 * W);
    FloatVector y5 = FloatVector.fromArray(S, y, yFrom + 5 * W);
    FloatVector y6 = FloatVector.fromArray(S, y, yFrom + 6 * W);
    FloatVector y7 = FloatVector.fromArray(S, y, yFrom + 7 * W);
    for (int j = 0; j < count; j++) {
      FloatVector a = FloatVector.broadcast(S, alpha[alphaFrom + j]);
      int i = rows[from + j] * width + column;
      y0 = a.fma(FloatVector.fromArray(S, table, i), y0);
      y1 = a.fma(FloatVector.fromArray(S, table, i + W), y1);
      y2 = a.fma(FloatVector.fromArray(S, table, i + 2 * W), y2);
      y3 = a.fma(FloatVector.fromArray(S, table, i + 3 * W), y3);
      y4 = a.fma(FloatVector.fromArray(S, table, i + 4 * W), y4);
      y5 = a.fma(FloatVector.fromArray(S, table, i + 5 * W), y5);
      y6 = a.fma(FloatVector.fromArray(S, table, i + 6 * W), y6);
      y7 = a.fma(FloatVector.fromArray(S, table, i + 7 * W), y7);
    }
    y0.intoArray(y, yFrom);
    y1.intoArray(y, yFrom + W);
    y2.intoArray(y, yFrom + 2 * W);
    y3.intoArray(y, yFrom + 3 * W);
    y4.intoArray(y, yFrom + 4 * W);
    y5.intoArray(y, yFrom + 5 * W);
    y6.intoArray(y, yFrom + 6 * W);
    y7.intoArray(y, yFrom + 7 * W);
  }

  private static void strip4(
      float[] alpha,
      int alphaFrom,
      float[] table,
      int width,
      int column,
      int[] rows,
      int from,
      int count,
      float[] y,
      int yFrom) {
    FloatVector y0 = FloatVector.fromArray(S, y, yFrom);
    FloatVector y1 = FloatVector.fromArray(S, y, yFrom + W);
    FloatVector y2 = FloatVector.fromArray(S, y, yFrom + 2 * W);
    FloatVector y3 = FloatVector.fromArray(S, y, yFrom + 3 * W);
    for (int j = 0; j < count; j++) {
      FloatVector a = FloatVector.broadcast(S, alpha[alphaFrom + j]);
      int i = rows[from + j] * width + column;
      y0 = a.fma(FloatVector.fromArray(S, table, i), y0);
      y1 = a.fma(FloatVector.fromArray(S, table, i + W), y1);
      y2 = a.fma(FloatVector.fromArray(S, table, i + 2 * W), y2);
      y3 = a.fma(FloatVector.fromArray(S, table, i + 3 * W), y3);
    }
    y0.intoArray(y, yFrom);
    y1.intoArray(y, yFrom + W);
    y2.intoArray(y, yFrom + 2 * W);
    y3.intoArray(y, yFrom + 3 * W);
  }

  private static void strip2(
      float[] alpha,
      int alphaFrom,
      float[] table,
      int width,
      int column,
      int[] rows,
      int from,
      int count,
      float[] y,
      int yFrom) {
    FloatVector y0 = FloatVector.fromArray(S, y, yFrom);
    FloatVector y1 = FloatVector.fromArray(S, y, yFrom + W);
    for (int j = 0; j < count; j++) {
      FloatVector a = FloatVector.broadcast(S, alpha[alphaFrom + j]);
      int i = rows[from + j] * width + column;
      y0 = a.fma(FloatVector.fromArray(S, table, i), y0);
      y1 = a.fma(FloatVector.fromArray(S, table, i + W), y1);
    }
    y0.intoArray(y, yFrom);
    y1.intoArray(y, yFrom + W);
  }

  private static void strip1(
      float[] alpha,
      int alphaFrom,
      float[] table,
      int width,
      int column,
      int[] rows,
      int from,
      int count,
      float[] y,
      int yFrom) {
    FloatVector sum = FloatVector.fromArray(S, y, yFrom);
    for (int j = 0; j < count; j++) {
      FloatVector a = FloatVector.broadcast(S, alpha[alphaFrom + j]);
      sum = a.fma(FloatVector.fromArray(S, table, rows[from + j] * width + column), sum);
    }
    sum.intoArray(y, yFrom);
  }

  /** The part of a vector of columns at the end of a row. */
  private static void partOfStrip(
      float[] alpha,
      int alphaFrom,
      float[] table,
      int width,
      int column,
      int[] rows,
      int from,
      int count,
      float[] y,
      int yFrom) {
    VectorMask<Float> mask = S.indexInRange(column, width);
    FloatVector sum = FloatVector.fromArray(S, y, yFrom, mask);
    for (int j = 0; j < count; j++) {
      FloatVector a = FloatVector.broadcast(S, alpha[alphaFrom + j]);
      int i = rows[from + j] * width + column;
      sum = a.fma(FloatVector.fromArray(S, table, i, mask), sum);
    }
    sum.intoArray(y, yFrom, mask);
  }
}
