package dev.tamis.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The two Adam kernels on the Vector API, with the operations of {@link ScalarOps} in order. */
final class SimdAdam {
  private static final VectorSpecies<Float> S = SimdMath.S;
  private static final int W = S.length();

  private SimdAdam() {}

  static void step(
      float[] w,
      int wFrom,
      float[] m,
      int mFrom,
      float[] v,
      int vFrom,
      float[] g,
      int gFrom,
      int n,
      AdamStep step) {
    FloatVector b1 = FloatVector.broadcast(S, (float) step.beta1());
    FloatVector b2 = FloatVector.broadcast(S, (float) step.beta2());
    float c1 = (float) (1 - step.beta1());
    float c2 = (float) (1 - step.beta2());
    FloatVector l2 = FloatVector.broadcast(S, step.l2());
    float size = step.stepSize();
    float vScale = step.vScale();
    float epsilon = step.epsilon();
    int i = 0;
    for (; i + W <= n; i += W) {
      FloatVector weight = FloatVector.fromArray(S, w, wFrom + i);
      FloatVector gradient = l2.fma(weight, FloatVector.fromArray(S, g, gFrom + i));
      FloatVector first = b1.fma(FloatVector.fromArray(S, m, mFrom + i), gradient.mul(c1));
      FloatVector second =
          b2.fma(FloatVector.fromArray(S, v, vFrom + i), gradient.mul(c2).mul(gradient));
      first.intoArray(m, mFrom + i);
      second.intoArray(v, vFrom + i);
      FloatVector scale = second.mul(vScale).sqrt().add(epsilon);
      weight.sub(first.mul(size).div(scale)).intoArray(w, wFrom + i);
    }
    if (i < n) {
      VectorMask<Float> mask = S.indexInRange(i, n);
      FloatVector weight = FloatVector.fromArray(S, w, wFrom + i, mask);
      FloatVector gradient = l2.fma(weight, FloatVector.fromArray(S, g, gFrom + i, mask));
      FloatVector first = b1.fma(FloatVector.fromArray(S, m, mFrom + i, mask), gradient.mul(c1));
      FloatVector second =
          b2.fma(FloatVector.fromArray(S, v, vFrom + i, mask), gradient.mul(c2).mul(gradient));
      first.intoArray(m, mFrom + i, mask);
      second.intoArray(v, vFrom + i, mask);
      FloatVector scale = second.mul(vScale).sqrt().add(epsilon);
      weight.sub(first.mul(size).div(scale)).intoArray(w, wFrom + i, mask);
    }
  }

  static void idle(
      float[] w, int wFrom, float[] m, int mFrom, float[] v, int vFrom, int n, AdamIdle idle) {
    float move = idle.move();
    float vScale = idle.vScale();
    float epsilon = idle.epsilon();
    float mDecay = idle.mDecay();
    float vDecay = idle.vDecay();
    int i = 0;
    for (; i + W <= n; i += W) {
      FloatVector first = FloatVector.fromArray(S, m, mFrom + i);
      FloatVector second = FloatVector.fromArray(S, v, vFrom + i);
      FloatVector scale = second.mul(vScale).sqrt().add(epsilon);
      FloatVector weight = FloatVector.fromArray(S, w, wFrom + i);
      weight.sub(first.mul(move).div(scale)).intoArray(w, wFrom + i);
      first.mul(mDecay).intoArray(m, mFrom + i);
      second.mul(vDecay).intoArray(v, vFrom + i);
    }
    if (i < n) {
      VectorMask<Float> mask = S.indexInRange(i, n);
      FloatVector first = FloatVector.fromArray(S, m, mFrom + i, mask);
      FloatVector second = FloatVector.fromArray(S, v, vFrom + i, mask);
      FloatVector scale = second.mul(vScale).sqrt().add(epsilon);
      FloatVector weight = FloatVector.fromArray(S, w, wFrom + i, mask);
      weight.sub(first.mul(move).div(scale)).intoArray(w, wFrom + i, mask);
      first.mul(mDecay).intoArray(m, mFrom + i, mask);
      second.mul(vDecay).intoArray(v, vFrom + i, mask);
    }
  }
}
