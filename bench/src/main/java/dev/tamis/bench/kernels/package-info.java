/** Speed of the vector kernels and matrix products, each checked before it is measured. */
package dev.tamis.bench.kernels;
