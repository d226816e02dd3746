/** Score functions: how a query vector and an item become a number. */
package dev.tamis.model.score;
