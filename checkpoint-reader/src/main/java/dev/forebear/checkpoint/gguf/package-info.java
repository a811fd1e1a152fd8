/** GGUF files: header, metadata, packed blocks, and what llama.cpp's converters did to the weights. */
@NullMarked
package dev.forebear.checkpoint.gguf;

import org.jspecify.annotations.NullMarked;
