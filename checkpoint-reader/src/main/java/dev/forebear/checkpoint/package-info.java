/** One published set of weights: its tensors, their roles, its configuration, vocabulary and card. */
@NullMarked
package dev.forebear.checkpoint;

import org.jspecify.annotations.NullMarked;
