/** Random numbers, matrices and small mathematics. */
package dev.tamis.math;
