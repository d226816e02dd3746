package dev.tamis.eval.samplers;

import java.util.SortedMap;

/**
 * How long a sampler took by the clock of this machine: never the same twice, and no part of any
 * comparison.
 *
 * @param refreshMilliseconds for taking up a model again; the median of three times, or one long
 *     time
 * @param drawNanoseconds of one draw, by how many are drawn for a row at a time; medians
 */
public record SamplerTimes(
    double refreshMilliseconds, SortedMap<Integer, Double> drawNanoseconds) {}
