/** Fetches the events of registries that write them to a topic or a queue instead of posting them. */
@NullMarked
package dev.forebear.ingest.source;

import org.jspecify.annotations.NullMarked;
