/** Signatures beside the files of a model, held against those files; who signed is not asked. */
@NullMarked
package dev.forebear.checkpoint.signature;

import org.jspecify.annotations.NullMarked;
