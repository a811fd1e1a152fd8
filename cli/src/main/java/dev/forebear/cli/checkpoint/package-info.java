/** From the argument that names a checkpoint to the open checkpoint. */
@NullMarked
package dev.forebear.cli.checkpoint;

import org.jspecify.annotations.NullMarked;
