/** Receives the webhooks of model registries and publishes the uploads they announce. */
@NullMarked
package dev.forebear.ingest;

import org.jspecify.annotations.NullMarked;
