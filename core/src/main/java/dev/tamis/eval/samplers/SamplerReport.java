package dev.tamis.eval.samplers;

import java.util.List;

/**
 * What was measured of a sampler, but for times.
 *
 * @param drawsPositives whether it may draw items that a user has; then the softmax that it is
 *     compared with is over all items, else over those that the user has not
 * @param givenPool whether it draws from a pool that each user has; then its law is that of the
 *     pool as it is, which is far from any law over all items by its size alone, and there is no
 *     sampled softmax with it
 * @param divergence KL of its law from the softmax, over users
 * @param drawnDivergence the same of the frequencies of draws, which are too many by about {@code
 *     surplus} nats
 * @param surplus the mean of {@code (S - 1) / (2 T)} for T draws of a law over S items
 * @param trials the mean number of items drawn until one is kept, over users
 * @param law [points] the mean of its cumulative curves over users
 * @param drawn [points] the same of draws
 * @param gradients by number of drawn items; none for a pool
 */
public record SamplerReport(
    boolean drawsPositives,
    boolean givenPool,
    Spread divergence,
    Spread drawnDivergence,
    double surplus,
    Spread trials,
    double[] law,
    double[] drawn,
    List<GradientError> gradients) {}
