/** Benchmarks of samplers. */
package dev.tamis.bench.sample;
