package dev.tamis.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The Adagrad kernel on the Vector API, with the operations of {@link ScalarOps} in order. */
final class SimdAdagrad {
  private static final VectorSpecies<Float> S = SimdMath.S;
  private static final int W = S.length();

  private SimdAdagrad() {}

  static void step(
      float[] w,
      int wFrom,
      float[] a,
      int aFrom,
      float[] g,
      int gFrom,
      int n,
      float rate,
      float l2,
      float epsilon) {
    FloatVector decay = FloatVector.broadcast(S, l2);
    int i = 0;
    for (; i + W <= n; i += W) {
      FloatVector weight = FloatVector.fromArray(S, w, wFrom + i);
      FloatVector gradient = decay.fma(weight, FloatVector.fromArray(S, g, gFrom + i));
      FloatVector square = gradient.fma(gradient, FloatVector.fromArray(S, a, aFrom + i));
      square.intoArray(a, aFrom + i);
      FloatVector scale = square.sqrt().add(epsilon);
      weight.sub(gradient.mul(rate).div(scale)).intoArray(w, wFrom + i);
    }
    if (i < n) {
      VectorMask<Float> mask = S.indexInRange(i, n);
      FloatVector weight = FloatVector.fromArray(S, w, wFrom + i, mask);
      FloatVector gradient = decay.fma(weight, FloatVector.fromArray(S, g, gFrom + i, mask));
      FloatVector square = gradient.fma(gradient, FloatVector.fromArray(S, a, aFrom + i, mask));
      square.intoArray(a, aFrom + i, mask);
      FloatVector scale = square.sqrt().add(epsilon);
      weight.sub(gradient.mul(rate).div(scale)).intoArray(w, wFrom + i, mask);
    }
  }
}
