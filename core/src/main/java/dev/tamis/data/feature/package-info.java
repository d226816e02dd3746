/** What is known of items and users beside who took what. */
package dev.tamis.data.feature;
