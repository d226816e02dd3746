/** Parting interactions into training, validation and test data, and files of such parts. */
package dev.tamis.data.split;
