/** Reading interactions from text files: what is accepted, what is refused, and how it is said. */
package dev.tamis.data.read;
