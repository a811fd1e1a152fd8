/** Arithmetic on small matrices, and exact and asymptotic chances. Same results on every machine. */
@NullMarked
package dev.forebear.signals.statistics;

import org.jspecify.annotations.NullMarked;
