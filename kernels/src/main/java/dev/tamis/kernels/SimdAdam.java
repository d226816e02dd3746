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
      float[] w,
      int wFrom,
      float[] m,
      int mFrom,
      float[] v,
      int vFrom,
      int n,
      float move,
      float vScale,
      float epsilon,
      float mDecay,
      float vDecay) {
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

  static void idleSteps(
      float[] w,
      int wFrom,
      float[] m,
      int mFrom,
      float[] v,
      int vFrom,
      int n,
      AdamSteps steps,
      int from,
      int to) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector b1 = FloatVector.broadcast(S, (float) steps.beta1);
    FloatVector b2 = FloatVector.broadcast(S, (float) steps.beta2);
    float c1 = (float) (1 - steps.beta1);
    float c2 = (float) (1 - steps.beta2);
    FloatVector l2 = FloatVector.broadcast(S, steps.l2);
    float epsilon = steps.epsilon;
    float[] sizes = steps.stepSize;
    float[] scales = steps.vScale;
    int i = 0;
    // A step waits for the one before, so two vectors go side by side.
    for (; i + 2 * W <= n; i += 2 * W) {
      FloatVector weight0 = FloatVector.fromArray(S, w, wFrom + i);
      FloatVector weight1 = FloatVector.fromArray(S, w, wFrom + i + W);
      FloatVector first0 = FloatVector.fromArray(S, m, mFrom + i);
      FloatVector first1 = FloatVector.fromArray(S, m, mFrom + i + W);
      FloatVector second0 = FloatVector.fromArray(S, v, vFrom + i);
      FloatVector second1 = FloatVector.fromArray(S, v, vFrom + i + W);
      for (int t = from; t < to; t++) {
        FloatVector gradient0 = l2.fma(weight0, zero);
        FloatVector gradient1 = l2.fma(weight1, zero);
        first0 = b1.fma(first0, gradient0.mul(c1));
        first1 = b1.fma(first1, gradient1.mul(c1));
        second0 = b2.fma(second0, gradient0.mul(c2).mul(gradient0));
        second1 = b2.fma(second1, gradient1.mul(c2).mul(gradient1));
        FloatVector scale0 = second0.mul(scales[t]).sqrt().add(epsilon);
        FloatVector scale1 = second1.mul(scales[t]).sqrt().add(epsilon);
        weight0 = weight0.sub(first0.mul(sizes[t]).div(scale0));
        weight1 = weight1.sub(first1.mul(sizes[t]).div(scale1));
      }
      weight0.intoArray(w, wFrom + i);
      weight1.intoArray(w, wFrom + i + W);
      first0.intoArray(m, mFrom + i);
      first1.intoArray(m, mFrom + i + W);
      second0.intoArray(v, vFrom + i);
      second1.intoArray(v, vFrom + i + W);
    }
    for (; i < n; i += W) {
      VectorMask<Float> mask = S.indexInRange(i, n);
      FloatVector weight = FloatVector.fromArray(S, w, wFrom + i, mask);
      FloatVector first = FloatVector.fromArray(S, m, mFrom + i, mask);
      FloatVector second = FloatVector.fromArray(S, v, vFrom + i, mask);
      for (int t = from; t < to; t++) {
        FloatVector gradient = l2.fma(weight, zero);
        first = b1.fma(first, gradient.mul(c1));
        second = b2.fma(second, gradient.mul(c2).mul(gradient));
        FloatVector scale = second.mul(scales[t]).sqrt().add(epsilon);
        weight = weight.sub(first.mul(sizes[t]).div(scale));
      }
      weight.intoArray(w, wFrom + i, mask);
      first.intoArray(m, mFrom + i, mask);
      second.intoArray(v, vFrom + i, mask);
    }
  }
}
