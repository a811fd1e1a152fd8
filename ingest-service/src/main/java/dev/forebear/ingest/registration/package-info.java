/** The registries that the operator connected: who may announce, and where the weights may lie. */
@NullMarked
package dev.forebear.ingest.registration;

import org.jspecify.annotations.NullMarked;
