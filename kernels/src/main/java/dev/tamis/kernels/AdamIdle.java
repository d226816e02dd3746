package dev.tamis.kernels;

/**
 * The numbers that move a row through a run of Adam steps in which its gradient was zero, all at
 * once:
 *
 * <pre>
 * w = w - move * m / (sqrt(v * vScale) + epsilon);  m = m * mDecay;  v = v * vDecay
 * </pre>
 *
 * @param move the sum of the step sizes, each shrunk by the decay of {@code m / sqrt(v)} up to its
 *     step
 * @param mDecay {@code beta1^k} after k idle steps
 * @param vDecay {@code beta2^k} after k idle steps
 */
public record AdamIdle(float move, float vScale, float epsilon, float mDecay, float vDecay) {}
