/** NumPy arrays: {@code .npz} archives and {@code .npy} files. */
@NullMarked
package dev.forebear.checkpoint.numpy;

import org.jspecify.annotations.NullMarked;
