/** Small complete programs that use Tamis as a library. */
package dev.tamis.examples;
