/** The schema registry: Confluent's REST API over a compacted topic. */
@NullMarked
package dev.forebear.platform.registry;

import org.jspecify.annotations.NullMarked;
