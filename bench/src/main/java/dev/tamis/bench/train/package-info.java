/** Benchmarks of training epochs. */
package dev.tamis.bench.train;
