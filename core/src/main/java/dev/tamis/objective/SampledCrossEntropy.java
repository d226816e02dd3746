package dev.tamis.objective;

import dev.tamis.kernels.Kernels;
import dev.tamis.kernels.PerThread;
import dev.tamis.model.Candidates;
import java.util.Arrays;
import java.util.Set;

/**
 * The softmax of a positive among itself and drawn candidates, each score less the log-probability
 * with which the proposal draws its item (Bengio, Senecal 2008; Jean, Cho, Memisevic, Bengio 2015):
 * with {@code o = s - ln Q}, {@code A = ln sum_j exp(o_j)} and {@code p = sigmoid(o_i - A)},
 *
 * <pre>
 * loss = softplus(A - o_i);   dLoss/ds_i = p - 1;   dLoss/ds_j = (1 - p) exp(o_j - A)
 * </pre>
 *
 * <p>The loss of a row is the sum over its positives, which share the candidates (FastVAE: Chen,
 * Jin, Huang, Lian, Zheng, Chen 2022). A constant in {@code ln Q} drops out, so long as positives
 * and candidates have the same. Where candidates are weighted, one of weight w counts as w of them,
 * and one of weight 0 not at all. Candidates of score minus infinity count nothing; a row of none
 * but such has no loss. Cost O(candidates).
 *
 * <p>Two variants: without correction, scores are taken as they are; blended, the last candidates
 * and those before are two samples, each with a softmax of its own, and the loss is a blend of both
 * (XIR: Chen, Lian, Li, Wang, Zheng, Chen 2022, equation 4).
 */
public final class SampledCrossEntropy implements Objective {
  private final boolean corrected;
  private final int tail; // the last candidates that are a sample of their own
  private final double tailShare;
  private final PerThread<Chosen> chosen = new PerThread<>(Chosen::new);

  /** Scores are corrected, and candidates one sample. */
  public SampledCrossEntropy() {
    this(true, 0, 0);
  }

  private SampledCrossEntropy(boolean corrected, int tail, double tailShare) {
    this.corrected = corrected;
    this.tail = tail;
    this.tailShare = tailShare;
  }

  /** Scores as they are: for candidates that all have the same probability, or were resampled. */
  public static SampledCrossEntropy uncorrected() {
    return new SampledCrossEntropy(false, 0, 0);
  }

  /** Scores as they are; the loss of the last {@code tail} candidates has this share. */
  public static SampledCrossEntropy blended(int tail, double tailShare) {
    return new SampledCrossEntropy(false, tail, tailShare);
  }

  @Override
  public Set<Candidates.Layout> accepts() {
    return Set.of(Candidates.Layout.PER_ROW, Candidates.Layout.SHARED);
  }

  @Override
  public boolean needsLogQ() {
    return corrected;
  }

  @Override
  public double differentiate(Candidates c, int from, int to) {
    Chosen mine = chosen.get();
    double loss = 0;
    int head = c.width - tail;
    for (int r = from; r < to; r++) {
      float headMass = mass(c, r, 0, head, mine);
      float tailMass = tail == 0 ? Float.NEGATIVE_INFINITY : mass(c, r, head, tail, mine);
      double headMisses = 0;
      double tailMisses = 0;
      double lost = 0;
      for (int p = c.posStart[r]; p < c.posStart[r + 1]; p++) {
        float own = corrected ? c.posScore[p] - c.posLogQ[p] : c.posScore[p];
        double headMiss = (1 - tailShare) * sigmoid(headMass - own);
        double tailMiss = tailShare * sigmoid(tailMass - own);
        headMisses += headMiss;
        tailMisses += tailMiss;
        lost += (1 - tailShare) * softplus(headMass - own) + tailShare * softplus(tailMass - own);
        c.posScore[p] = -(float) (headMiss + tailMiss) * c.rowWeight[r];
      }
      loss += c.rowWeight[r] * lost;
      Kernels.scale((float) headMisses * c.rowWeight[r], c.score, c.at(r), head);
      Kernels.scale((float) tailMisses * c.rowWeight[r], c.score, c.at(r) + head, tail);
    }
    return loss;
  }

  /**
   * Makes the scores of candidates {@code first..first + n} of a row their softmax, and returns the
   * logarithm of what it was divided by: minus infinity where nothing counts.
   */
  private float mass(Candidates c, int r, int first, int n, Chosen mine) {
    int at = c.at(r) + first;
    int ids = c.idsAt(r) + first;
    if (c.weighted) {
      return mine.mass(c, at, ids, n, corrected);
    }
    if (corrected) {
      Kernels.axpy(-1, c.logQ, ids, c.score, at, n);
    }
    return Kernels.softmax(c.score, at, n);
  }

  private static float sigmoid(float x) {
    return (float) (1 / (1 + StrictMath.exp(-x)));
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }

  /** The candidates of a row that have a weight, brought together. */
  private static final class Chosen {
    private int[] place = {};
    private float[] score = {};
    private float[] weight = {};

    float mass(Candidates c, int at, int ids, int n, boolean corrected) {
      if (place.length < n) {
        place = new int[n];
        score = new float[n];
        weight = new float[n];
      }
      int count = Kernels.selectAbove(c.weight, at, n, 0, place, 0);
      for (int k = 0; k < count; k++) {
        int i = place[k];
        score[k] = corrected ? c.score[at + i] - c.logQ[ids + i] : c.score[at + i];
        weight[k] = c.weight[at + i];
      }
      Kernels.log(weight, 0, weight, 0, count);
      Kernels.axpy(1, weight, 0, score, 0, count);
      float mass = Kernels.softmax(score, 0, count);
      Arrays.fill(c.score, at, at + n, 0);
      for (int k = 0; k < count; k++) {
        c.score[at + place[k]] = score[k];
      }
      return mass;
    }
  }
}
