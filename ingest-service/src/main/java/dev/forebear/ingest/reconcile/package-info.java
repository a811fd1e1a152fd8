/** Lists registries for what no event announced, and for what was there before. */
@NullMarked
package dev.forebear.ingest.reconcile;

import org.jspecify.annotations.NullMarked;
