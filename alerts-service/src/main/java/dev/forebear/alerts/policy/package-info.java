/** Which findings of a lineage report somebody should act on. Pure: no clock, no Kafka, no network. */
@NullMarked
package dev.forebear.alerts.policy;

import org.jspecify.annotations.NullMarked;
