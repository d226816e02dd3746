/**
 * Methods side by side: how good each is, with what certainty, at what cost, and which is better.
 */
package dev.tamis.lab.compare;
