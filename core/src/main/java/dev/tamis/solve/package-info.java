/** Closed forms and solvers: numbers in, numbers out; methods and models build on them. */
package dev.tamis.solve;
