/** The one ranking path: blocks of queries in, the best items of each out. */
package dev.tamis.rank;
