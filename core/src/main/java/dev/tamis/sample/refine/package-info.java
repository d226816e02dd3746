/** Refiners: how candidates are weighed once their scores are known. */
package dev.tamis.sample.refine;
