package dev.tamis.kernels;

/**
 * One side of a matrix product, as panels of {@code unit} rows of A, or columns of B. Packed, a
 * panel is [steps of k x unit], and those of one block of steps lie together.
 */
final class GemmOperand {
  float[] source;
  int from;
  int laneStride; // from one row of A, or column of B, to the next
  int stepStride; // from one k to the next; one of the two strides is 1
  int count;
  int unit;
  int panels;
  int panelsOfBlock; // of the source, where it is packed: those of one block of steps lie together
  boolean packed; // whether the source is packed

  void set(float[] source, int from, int laneStride, int stepStride, int count, int unit) {
    this.source = source;
    this.from = from;
    this.laneStride = laneStride;
    this.stepStride = stepStride;
    this.count = count;
    this.unit = unit;
    this.panels = Gemm.divideUp(count, unit);
    this.panelsOfBlock = panels;
    this.packed = laneStride == 1 && stepStride == unit && count == unit;
  }

  /** Takes the first of columns that are packed. */
  void set(PackedColumns columns, int count) {
    set(columns.panels, 0, 1, columns.unit, count, columns.unit);
    this.panelsOfBlock = Gemm.divideUp(columns.count, unit);
    this.packed = true;
  }

  /** Where steps {@code k..k + steps}, one block of a packed source, of a panel begin. */
  int at(int panel, int k, int steps) {
    return from + (panelsOfBlock * k + panel * steps) * unit;
  }

  /** How many rows of A, or columns of B, a panel has: fewer than the unit at the rim. */
  int lanes(int panel) {
    return Math.min(unit, count - panel * unit);
  }

  /**
   * Writes steps {@code k..k+steps} of the panels {@code first..end}, one after the other from
   * {@code start}.
   */
  void pack(int first, int end, int k, int steps, float[] to, int start) {
    int whole = laneStride == 1 ? Math.max(first, Math.min(end, count / unit)) : first;
    // One step of all the panels at a time, because the next step is on another page.
    for (int l = 0; l < steps && whole > first; l++) {
      int at = from + first * unit + (k + l) * stepStride;
      for (int p = first, j = start + l * unit; p < whole; p++, at += unit, j += steps * unit) {
        System.arraycopy(source, at, to, j, unit);
      }
    }
    for (int p = whole; p < end; p++) {
      pack(p, k, steps, to, start + (p - first) * unit * steps);
    }
  }

  /** Writes steps {@code k..k+steps} of one panel as [steps x unit], with zeros past the rim. */
  void pack(int panel, int k, int steps, float[] to, int at) {
    int lanes = lanes(panel);
    int start = from + panel * unit * laneStride + k * stepStride;
    if (laneStride == 1) {
      copy(start, lanes, steps, to, at);
    } else {
      int lane = 0;
      for (; lane + 4 <= lanes; lane += 4) {
        transposeFour(start + lane * laneStride, steps, to, at + lane);
      }
      for (; lane < lanes; lane++) {
        for (int l = 0, j = at + lane; l < steps; l++, j += unit) {
          to[j] = source[start + lane * laneStride + l];
        }
      }
    }
    for (int l = 0; l < steps && lanes < unit; l++) {
      for (int j = lanes; j < unit; j++) {
        to[at + l * unit + j] = 0;
      }
    }
  }

  private void copy(int start, int lanes, int steps, float[] to, int at) {
    for (int l = 0; l < steps; l++) {
      System.arraycopy(source, start + l * stepStride, to, at + l * unit, lanes);
    }
  }

  private void transposeFour(int start, int steps, float[] to, int at) {
    float[] x = source;
    int one = start + laneStride;
    int two = one + laneStride;
    int three = two + laneStride;
    for (int l = 0, j = at; l < steps; l++, j += unit) {
      to[j] = x[start + l];
      to[j + 1] = x[one + l];
      to[j + 2] = x[two + l];
      to[j + 3] = x[three + l];
    }
  }
}
