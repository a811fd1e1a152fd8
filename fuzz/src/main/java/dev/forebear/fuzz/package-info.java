/** Parsers of what comes from outside, each with a way to feed it arbitrary bytes and the limits that it must keep. */
@NullMarked
package dev.forebear.fuzz;

import org.jspecify.annotations.NullMarked;
