/** Statistics that survive laundering: reordered, rotated and rescaled weights. Their null is measured, not proven. */
@NullMarked
package dev.forebear.signals.laundered;

import org.jspecify.annotations.NullMarked;
