/** Writes what the service has to say to its topics, acknowledged. */
@NullMarked
package dev.forebear.ingest.publication;

import org.jspecify.annotations.NullMarked;
