/** Questions and answers in ids and titles: a trained model as an application uses it. */
package dev.tamis.serve;
