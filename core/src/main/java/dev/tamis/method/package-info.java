/** Published methods, one file each: parts, defaults, deviations. */
package dev.tamis.method;
