package dev.tamis.lab.compare;

/**
 * A trial that was asked for and has no result.
 *
 * @param contender whose
 * @param seed with which
 * @param reason why not, a sentence
 */
public record NotRun(String contender, long seed, String reason) {}
