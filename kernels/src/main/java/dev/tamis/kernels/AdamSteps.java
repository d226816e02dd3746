package dev.tamis.kernels;

import java.util.Arrays;

/**
 * Adam steps one after another, which differ in {@code stepSize} and {@code vScale} only; see
 * {@link AdamStep}.
 */
public final class AdamSteps {
  final double beta1;
  final double beta2;
  final float epsilon;
  final float l2;
  float[] stepSize = new float[256]; // [steps]
  float[] vScale = new float[256]; // [steps]
  private int count;

  /** No steps yet, but what all will have. */
  public AdamSteps(double beta1, double beta2, float epsilon, float l2) {
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
    this.l2 = l2;
  }

  /** Adds a step. */
  public void add(float stepSize, float vScale) {
    if (count == this.stepSize.length) {
      this.stepSize = Arrays.copyOf(this.stepSize, 2 * count);
      this.vScale = Arrays.copyOf(this.vScale, 2 * count);
    }
    this.stepSize[count] = stepSize;
    this.vScale[count++] = vScale;
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  /** Forgets all steps. */
  public void clear() {
    count = 0;
  }
}
