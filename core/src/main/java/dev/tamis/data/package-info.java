/** Ids and interactions in flat arrays, and what is held out of them. */
package dev.tamis.data;
