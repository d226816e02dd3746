package dev.tamis.lab;

/**
 * A trial that has ended.
 *
 * @param key what it was
 * @param result what it found
 * @param cost what it cost
 */
public record FinishedTrial(TrialKey key, TrialResult result, TrialCost cost) {}
