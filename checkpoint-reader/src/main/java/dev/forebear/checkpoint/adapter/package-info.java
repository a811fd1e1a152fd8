/** Adapters: small updates that are put on a base, and the weights that the two are together. */
@NullMarked
package dev.forebear.checkpoint.adapter;

import org.jspecify.annotations.NullMarked;
