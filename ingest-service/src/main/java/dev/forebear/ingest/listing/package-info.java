/** Asks registries what they hold. */
@NullMarked
package dev.forebear.ingest.listing;

import org.jspecify.annotations.NullMarked;
