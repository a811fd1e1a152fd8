package dev.forebear.ingest.sender;

import dev.forebear.schemas.ModelVersionId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A new or changed version of a model, as its registry announced it.
 *
 * @param eventId what makes the announcement unique; the same for repeated deliveries
 * @param location where the weights lie
 * @param declaredBases names of base models that the announcement declares, not resolved
 * @param declaredIn where they are declared: {@code registry-tag} or {@code webhook}
 * @param uploadedBy as the registry says, or null
 * @param uploadedAt by the registry's clock, or when the announcement came
 * @param traceParent W3C trace context of the announcement, or null
 */
public record ModelUpload(
        String eventId,
        ModelVersionId id,
        String location,
        List<String> declaredBases,
        String declaredIn,
        @Nullable String uploadedBy,
        Instant uploadedAt,
        @Nullable String traceParent) {

    public ModelUpload {
        if (eventId.isBlank() || location.isBlank()) {
            throw new IllegalArgumentException("upload of " + id + ": expected an event id and a location");
        }
        declaredBases = List.copyOf(declaredBases);
    }

    /** Follows the upload through all topics and logs; the same for repeated deliveries. */
    public String correlationId() {
        return EventId.correlationOf(eventId);
    }
}
