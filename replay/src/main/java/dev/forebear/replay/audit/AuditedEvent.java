package dev.forebear.replay.audit;

import java.time.Instant;

/**
 * A record that a finding rests on, and where it lies.
 *
 * @param topic name without prefix
 * @param what what happened, in words for people: "announced", "reported", "alert opened"
 */
public record AuditedEvent(String topic, int partition, long offset, String what, Instant at) {}
