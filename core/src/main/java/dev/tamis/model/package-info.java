/** What is trained: tables, towers, scores, and the block of candidates they meet in. */
package dev.tamis.model;
