/** Proposals, one a file. */
package dev.tamis.sample.proposal;
