/**
 * Samplers by name: which there are, what may be set of them, and which of them a method offers.
 * Adding one is a file here and a line in {@link dev.tamis.method.sampler.Samplers}.
 */
package dev.tamis.method.sampler;
