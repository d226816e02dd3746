/**
 * Random numbers, matrices and small mathematics.
 *
 * <p>Of the ways to draw by weights: {@code AliasTable} where many draws come from weights that
 * stay (made in linear time, a draw in constant time); {@code CumulativeShares} and {@code
 * RunShares} where weights are made anew for some draws (sums once, then a search a draw); {@code
 * Categorical} for one draw, or where sums are there already.
 */
package dev.tamis.math;
