/** Models of a Hugging Face hub, over its HTTP API. */
@NullMarked
package dev.forebear.checkpoint.storage.hub;

import org.jspecify.annotations.NullMarked;
