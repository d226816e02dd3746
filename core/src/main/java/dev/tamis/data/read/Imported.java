package dev.tamis.data.read;

import dev.tamis.data.Interactions;

/**
 * What came out of a file.
 *
 * @param interactions the pairs
 * @param report what was found on the way, and what was left out
 */
public record Imported(Interactions interactions, ImportReport report) {}
