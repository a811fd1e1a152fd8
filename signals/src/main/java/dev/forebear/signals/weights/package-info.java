/** What comparisons read of a checkpoint: rows by role with norms folded in, and the vectors of tokens. */
@NullMarked
package dev.forebear.signals.weights;

import org.jspecify.annotations.NullMarked;
