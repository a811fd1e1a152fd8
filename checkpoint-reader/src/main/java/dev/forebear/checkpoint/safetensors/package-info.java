/** The safetensors format: one file, several shards, an index. */
@NullMarked
package dev.forebear.checkpoint.safetensors;

import org.jspecify.annotations.NullMarked;
