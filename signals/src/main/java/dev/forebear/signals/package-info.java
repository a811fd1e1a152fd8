/** The mathematics: what is extracted from the weights, how it is compared and what that proves. */
@NullMarked
package dev.forebear.signals;

import org.jspecify.annotations.NullMarked;
