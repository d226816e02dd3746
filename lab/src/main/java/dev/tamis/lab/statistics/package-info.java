/**
 * What can be said of methods that were measured on the same users: intervals, tests, and how much
 * could have been found. Pure functions over arrays; random numbers are keyed, so that equal values
 * give equal answers to the bit.
 */
package dev.tamis.lab.statistics;
