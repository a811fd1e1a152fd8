/** Tensors made of other tensors: renamed, reordered, cut out, computed row by row. */
@NullMarked
package dev.forebear.checkpoint.view;

import org.jspecify.annotations.NullMarked;
