package dev.tamis.data.read;

/**
 * A row that was left out.
 *
 * @param line the line of the file it starts on, from 1
 * @param column the field, from 1, or 0 where it is the whole row
 * @param reason what is wrong with it, and what is allowed
 */
public record BadRow(long line, int column, String reason) {}
