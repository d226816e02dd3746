/** Where candidates come from: proposals and refiners. */
package dev.tamis.sample;
