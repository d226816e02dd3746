/** Interactions: reading, filtering and splitting them. */
package dev.tamis.data;
