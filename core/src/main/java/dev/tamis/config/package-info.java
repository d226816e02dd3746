/** Options, settings and failures that a user can mend. */
package dev.tamis.config;
