/** Weights packed by quantisation, read row by row as the values that they stand for. */
@NullMarked
package dev.forebear.checkpoint.quantised;

import org.jspecify.annotations.NullMarked;
