/**
 * Vector kernels over plain {@code float[]}, with one scalar and one SIMD implementation that agree
 * bit for bit, and the worker threads that run them. {@link dev.tamis.kernels.Kernels} is the way
 * in; nothing here knows what a model is.
 */
package dev.tamis.kernels;
