/** Tries a connected registry: a signed sample of its announcements, sent the way the registry sends them. */
@NullMarked
package dev.forebear.ingest.trial;

import org.jspecify.annotations.NullMarked;
