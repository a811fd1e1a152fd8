package dev.forebear.ingest.announcement;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that a registry said, or that was found out by asking it, and that is published. */
public sealed interface Announcement permits ModelUpload, ModelChange, ObjectChange {

    /** What makes it unique; the same for repeated deliveries. */
    String eventId();

    /** Alias of the registry. */
    String registry();

    /** When it happened, by the registry's clock; when it was announced where the registry does not say. */
    Instant at();

    /** W3C trace context that came with it, or null. */
    @Nullable
    String traceParent();

    /** Follows it through all topics and logs; the same for repeated deliveries. */
    default String correlationId() {
        return EventId.correlationOf(eventId());
    }
}
