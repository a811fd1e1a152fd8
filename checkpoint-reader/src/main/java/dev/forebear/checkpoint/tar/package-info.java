/** Tar archives, read by range: where their files lie. */
@NullMarked
package dev.forebear.checkpoint.tar;

import org.jspecify.annotations.NullMarked;
