/** The tamis command: one class a verb. Data goes to stdout, messages and progress to stderr. */
package dev.tamis.cli;
