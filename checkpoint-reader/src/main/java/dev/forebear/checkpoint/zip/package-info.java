/** Zip archives read by range: the directory at their end, and stored entries where they lie. */
@NullMarked
package dev.forebear.checkpoint.zip;

import org.jspecify.annotations.NullMarked;
