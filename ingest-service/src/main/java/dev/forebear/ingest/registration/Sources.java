package dev.forebear.ingest.registration;

import org.jspecify.annotations.Nullable;

/**
 * Where a registry's events are fetched, besides or instead of its webhooks.
 *
 * @param kafka a topic that holds them, or null
 * @param alone whether the registry announces there alone: nobody may post in its name
 */
public record Sources(@Nullable KafkaSource kafka, boolean alone) {

    /** It posts, or is asked. */
    public static final Sources NONE = new Sources(null, false);

    public Sources {
        if (alone && kafka == null) {
            throw new IllegalArgumentException("expected a source where events are fetched alone, found none");
        }
    }

    /** A topic, and nothing besides. */
    public static Sources only(KafkaSource kafka) {
        return new Sources(kafka, true);
    }

    /** Whether events are fetched anywhere. */
    public boolean any() {
        return kafka != null;
    }

    /** Where events are fetched, for people. */
    public String words() {
        return kafka == null ? "nowhere" : "topic " + kafka.topic();
    }
}
