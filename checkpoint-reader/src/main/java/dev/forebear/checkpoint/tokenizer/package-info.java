/** Vocabularies: token strings, their ids and the encoding of short strings. */
@NullMarked
package dev.forebear.checkpoint.tokenizer;

import org.jspecify.annotations.NullMarked;
