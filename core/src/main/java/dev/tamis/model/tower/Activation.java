package dev.tamis.model.tower;

import dev.tamis.kernels.Kernels;

/** What a layer does to each of its outputs. */
public enum Activation {
  NONE {
    @Override
    public void apply(float[] x, int from, int n) {}

    @Override
    public void differentiate(
        float[] output, int outputFrom, float[] gradient, int gradientFrom, int n) {}
  },
  TANH {
    @Override
    public void apply(float[] x, int from, int n) {
      Kernels.tanh(x, from, x, from, n);
    }

    @Override
    public void differentiate(
        float[] output, int outputFrom, float[] gradient, int gradientFrom, int n) {
      for (int i = 0; i < n; i++) {
        float y = output[outputFrom + i];
        gradient[gradientFrom + i] *= Math.fma(-y, y, 1);
      }
    }
  },
  /** {@code max(x, 0)}; its derivative at 0 is 0. */
  RELU {
    @Override
    public void apply(float[] x, int from, int n) {
      for (int i = from; i < from + n; i++) {
        x[i] = Math.max(x[i], 0); // a NaN stays one
      }
    }

    @Override
    public void differentiate(
        float[] output, int outputFrom, float[] gradient, int gradientFrom, int n) {
      for (int i = 0; i < n; i++) {
        gradient[gradientFrom + i] = output[outputFrom + i] > 0 ? gradient[gradientFrom + i] : 0;
      }
    }
  };

  /** Replaces {@code x} by the activation of {@code x}. */
  public abstract void apply(float[] x, int from, int n);

  /** Multiplies a gradient by the derivative, which is a function of the output. */
  public abstract void differentiate(
      float[] output, int outputFrom, float[] gradient, int gradientFrom, int n);
}
