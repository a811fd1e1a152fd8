/** What is read of weights: known before the first byte is, and then read with few requests, ahead of its use. */
@NullMarked
package dev.forebear.checkpoint.plan;

import org.jspecify.annotations.NullMarked;
