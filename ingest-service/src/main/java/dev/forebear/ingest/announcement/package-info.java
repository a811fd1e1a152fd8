/** What follows from what a registry says: an upload, a change of a model, a change of an object. */
@NullMarked
package dev.forebear.ingest.announcement;

import org.jspecify.annotations.NullMarked;
