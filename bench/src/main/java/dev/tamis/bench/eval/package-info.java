/** Speed of ranking and evaluation. */
package dev.tamis.bench.eval;
