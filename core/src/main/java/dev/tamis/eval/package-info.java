/** Metrics over the whole catalogue, and their protocols. */
package dev.tamis.eval;
