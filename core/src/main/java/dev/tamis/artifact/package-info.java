/** Models and checkpoints on disk: written whole or not at all, verified before use. */
package dev.tamis.artifact;
