/**
 * The tables and figures of the papers: what was run, what was printed, and what comes out here.
 */
package dev.tamis.lab.reproduce;
