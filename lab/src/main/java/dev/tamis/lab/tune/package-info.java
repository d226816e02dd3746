/** The search for options, on validation data alone. */
package dev.tamis.lab.tune;
