/** Checkpoints in several files, whatever the format of these. */
@NullMarked
package dev.forebear.checkpoint.shards;

import org.jspecify.annotations.NullMarked;
