/** Losses over the scores of a block, with their gradients. */
package dev.tamis.objective;
