package dev.tamis.lab.compare;

import dev.tamis.lab.statistics.Interval;
import java.util.Optional;

/**
 * A metric of a contender.
 *
 * @param mean over users and seeds
 * @param interval of the mean over users, for the models as they were fitted; empty for a metric of
 *     all users together, such as coverage
 * @param bySeed [seeds] its value for each
 * @param seedDeviation the standard deviation over seeds; 0 for one seed
 */
public record Estimate(
    double mean, Optional<Interval> interval, double[] bySeed, double seedDeviation) {}
