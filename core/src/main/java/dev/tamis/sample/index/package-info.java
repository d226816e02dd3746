/** Structures over item vectors that samplers draw through. */
package dev.tamis.sample.index;
