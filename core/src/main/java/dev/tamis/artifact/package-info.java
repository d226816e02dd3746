/** Models and checkpoints on disk. */
package dev.tamis.artifact;
