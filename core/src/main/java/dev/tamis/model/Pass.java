package dev.tamis.model;

/**
 * Which step of training a computation belongs to: with a row's number it keys every random number
 * that is drawn.
 *
 * @param seed the run's seed
 * @param epoch the epoch, from 0
 * @param step the step since training began, from 0
 */
public record Pass(long seed, int epoch, long step) {}
