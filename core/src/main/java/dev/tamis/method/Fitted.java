package dev.tamis.method;

import dev.tamis.artifact.TrainedModel;

/**
 * What came of a run.
 *
 * @param steps after how many steps its parameters were taken
 */
record Fitted(TrainedModel model, long steps) {}
