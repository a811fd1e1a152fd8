package dev.forebear.ingest.registration;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a registry's events are fetched, besides or instead of its webhooks.
 *
 * @param kafka a topic that holds them, or null
 * @param sqs a queue that holds them, or null
 * @param alone whether the registry announces there alone: nobody may post in its name
 */
public record Sources(@Nullable KafkaSource kafka, @Nullable SqsSource sqs, boolean alone) {

    /** It posts, or is asked. */
    public static final Sources NONE = new Sources(null, null, false);

    public Sources {
        if (alone && kafka == null && sqs == null) {
            throw new IllegalArgumentException("expected a source where events are fetched alone, found none");
        }
    }

    /** A topic, and nothing besides. */
    public static Sources only(KafkaSource kafka) {
        return new Sources(kafka, null, true);
    }

    /** A queue, and nothing besides. */
    public static Sources only(SqsSource sqs) {
        return new Sources(null, sqs, true);
    }

    /** Whether events are fetched anywhere. */
    public boolean any() {
        return kafka != null || sqs != null;
    }

    /** Where events are fetched, for people. */
    public String words() {
        return Stream.of(kafka == null ? null : "topic " + kafka.topic(), sqs == null ? null : "queue " + sqs.name())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" and "));
    }
}
