/**
 * Trials: a method with its options and a seed, trained and measured on a ground that all trials
 * share. A finished trial is kept in a file of its own, so that work on many of them can be stopped
 * at any time.
 */
package dev.tamis.lab;
