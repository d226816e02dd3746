package dev.tamis.lab;

/**
 * What a trial cost, by the clock of the machine that it ran on: never the same twice, and kept
 * apart from results for that reason.
 *
 * @param trainSeconds of training, validation and checkpoints; of a trial that was stopped and went
 *     on, without what was lost between its last checkpoint and the stop
 * @param evaluateSeconds of measuring on the test data; 0 without
 * @param plannedBytes the memory that training was planned to take at its peak, data included
 * @param threads on how many threads it ran
 */
public record TrialCost(
    double trainSeconds, double evaluateSeconds, long plannedBytes, int threads) {}
