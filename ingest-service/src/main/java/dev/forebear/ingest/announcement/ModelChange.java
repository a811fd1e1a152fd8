package dev.forebear.ingest.announcement;

import dev.forebear.schemas.wire.ModelChangeKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a model other than an upload.
 *
 * @param name of the model now; after a move the new one
 * @param version that changed; null when all did
 * @param stableId what the registry calls the model whatever its name; null where it has no such id
 * @param formerName before a move, where the registry tells it
 * @param visibility after a change of it: {@code public} or {@code private}
 * @param declaredBases after a change of declarations: all that the registry declares now
 */
public record ModelChange(
        String eventId,
        String registry,
        String name,
        @Nullable String version,
        @Nullable String stableId,
        ModelChangeKind kind,
        @Nullable String formerName,
        @Nullable String visibility,
        List<Declared> declaredBases,
        Instant at,
        @Nullable String traceParent)
        implements Announcement {

    public ModelChange {
        if (eventId.isBlank() || name.isBlank()) {
            throw new IllegalArgumentException("change in " + registry + ": expected an event id and a name");
        }
        declaredBases = List.copyOf(declaredBases);
    }
}
