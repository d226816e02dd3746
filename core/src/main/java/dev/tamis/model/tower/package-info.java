/** Towers: how a row of a batch becomes a query vector. */
package dev.tamis.model.tower;
