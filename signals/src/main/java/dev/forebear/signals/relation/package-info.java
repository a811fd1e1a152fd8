/** What was done to one model to make another of it, which of two came first, and what a model was made from. */
@NullMarked
package dev.forebear.signals.relation;

import org.jspecify.annotations.NullMarked;
