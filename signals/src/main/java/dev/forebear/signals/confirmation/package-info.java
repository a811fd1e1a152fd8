/** Statistics of two models whose weights are both at hand, and what they prove together. */
@NullMarked
package dev.forebear.signals.confirmation;

import org.jspecify.annotations.NullMarked;
