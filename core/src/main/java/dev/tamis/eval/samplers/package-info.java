/**
 * How near the law of a sampler is to the softmax of a trained model, and what that does to the
 * gradient.
 */
package dev.tamis.eval.samplers;
