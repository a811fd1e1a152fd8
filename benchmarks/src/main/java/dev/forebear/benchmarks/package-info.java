/** Speed and size of the packaged system, measured from outside. */
@NullMarked
package dev.forebear.benchmarks;

import org.jspecify.annotations.NullMarked;
