package dev.forebear.schemas;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * A topic of Forebear: its name before the configured prefix, what keys and values are, and how long records stay. Keys
 * are plain UTF-8 strings, values are Avro records in Confluent's wire format.
 *
 * @param key what the key is, in words
 * @param retention how long records stay at least; null when without limit or when compacted
 * @param history how long the records of a compacted topic stay at least after others have replaced them, so that who
 *     read it once reads the same again; null for no time
 */
public record Topic<V extends SpecificRecord>(
        String name,
        String key,
        Class<V> type,
        Cleanup cleanup,
        @Nullable Duration retention,
        @Nullable Duration history) {

    /** Kafka's own limit, from its TopicNameValidation. */
    private static final int MAX_NAME_LENGTH = 249;

    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]+");

    /**
     * The cleaner leaves the active segment alone. With the broker's default of seven days a table would hold every
     * superseded record of a week; an hour keeps a restore short at the cost of one small segment an hour.
     */
    private static final Duration COMPACTION_LAG = Duration.ofHours(1);

    public Topic {
        requireLegal(name);
        if (cleanup == Cleanup.COMPACT && retention != null) {
            throw new IllegalArgumentException("topic " + name + ": a compacted topic has no retention");
        }
        if (cleanup != Cleanup.COMPACT && history != null) {
            throw new IllegalArgumentException("topic " + name + ": only a compacted topic has a history");
        }
    }

    /** A topic that keeps every record. */
    static <V extends SpecificRecord> Topic<V> keptForever(String name, String key, Class<V> type) {
        return new Topic<>(name, key, type, Cleanup.DELETE, null, null);
    }

    static <V extends SpecificRecord> Topic<V> keptFor(Duration retention, String name, String key, Class<V> type) {
        return new Topic<>(name, key, type, Cleanup.DELETE, retention, null);
    }

    static <V extends SpecificRecord> Topic<V> compacted(String name, String key, Class<V> type) {
        return new Topic<>(name, key, type, Cleanup.COMPACT, null, null);
    }

    /** A compacted topic whose replaced records stay for a time. */
    static <V extends SpecificRecord> Topic<V> compactedAfter(
            Duration history, String name, String key, Class<V> type) {
        return new Topic<>(name, key, type, Cleanup.COMPACT, null, history);
    }

    /** Name on the broker: the configured prefix, then the name. */
    public String name(String prefix) {
        return requireLegal(prefix + name);
    }

    /** Subject of the value's schema in the registry. */
    public String subject(String prefix) {
        return name(prefix) + "-value";
    }

    /** Schema of the values as it is registered. */
    public Schema schema() {
        return WireSchemas.registered(type);
    }

    /** Whether every record stays, which makes the topic an audit trail. */
    public boolean keepsEverything() {
        return cleanup == Cleanup.DELETE && retention == null;
    }

    /** The settings the topic is created with, by name; all others are the broker's. */
    public Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, cleanup.policy());
        switch (cleanup) {
            case DELETE -> {
                settings.put(
                        TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention == null ? -1 : retention.toMillis()));
                settings.put(TopicConfig.RETENTION_BYTES_CONFIG, "-1");
            }
            case COMPACT -> {
                settings.put(TopicConfig.SEGMENT_MS_CONFIG, Long.toString(COMPACTION_LAG.toMillis()));
                Duration kept = history == null ? Duration.ZERO : history;
                settings.put(
                        TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
                        Long.toString(kept.plus(COMPACTION_LAG).toMillis()));
                if (history != null) {
                    settings.put(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, Long.toString(history.toMillis()));
                }
            }
        }
        return Map.copyOf(settings);
    }

    private static String requireLegal(String name) {
        if (name.length() > MAX_NAME_LENGTH || !LEGAL.matcher(name).matches()) {
            throw new IllegalArgumentException("topic name '" + name + "': expected at most " + MAX_NAME_LENGTH
                    + " letters, digits, dots, underscores and hyphens");
        }
        return name;
    }
}
