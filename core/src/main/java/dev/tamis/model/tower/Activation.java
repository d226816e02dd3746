package dev.tamis.model.tower;

import dev.tamis.kernels.Kernels;

/** What a layer does to each of its outputs. */
public enum Activation {
  NONE {
    @Override
    void apply(float[] x, int from, int n) {}

    @Override
    void differentiate(float[] output, int outputFrom, float[] gradient, int gradientFrom, int n) {}
  },
  TANH {
    @Override
    void apply(float[] x, int from, int n) {
      Kernels.tanh(x, from, x, from, n);
    }

    @Override
    void differentiate(float[] output, int outputFrom, float[] gradient, int gradientFrom, int n) {
      for (int i = 0; i < n; i++) {
        float y = output[outputFrom + i];
        gradient[gradientFrom + i] *= Math.fma(-y, y, 1);
      }
    }
  };

  /** Replaces {@code x} by the activation of {@code x}. */
  abstract void apply(float[] x, int from, int n);

  /** Multiplies a gradient by the derivative, which is a function of the output. */
  abstract void differentiate(
      float[] output, int outputFrom, float[] gradient, int gradientFrom, int n);
}
