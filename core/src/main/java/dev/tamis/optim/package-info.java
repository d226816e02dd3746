/** How gradients move tables. */
package dev.tamis.optim;
