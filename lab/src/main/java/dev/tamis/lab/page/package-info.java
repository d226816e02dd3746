/** What reports are made of: pages that load nothing, with charts drawn in them, and JSON. */
package dev.tamis.lab.page;
