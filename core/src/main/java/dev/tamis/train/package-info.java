/** The training loop: batches, steps, validation, checkpoints. */
package dev.tamis.train;
