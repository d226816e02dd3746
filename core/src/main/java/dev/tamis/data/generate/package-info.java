/** Made-up data for demonstrations, tests and load: nothing in it belongs to anybody. */
package dev.tamis.data.generate;
