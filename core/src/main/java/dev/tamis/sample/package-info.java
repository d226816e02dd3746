/** Where candidates come from: proposals draw them, refiners reweigh them. */
package dev.tamis.sample;
