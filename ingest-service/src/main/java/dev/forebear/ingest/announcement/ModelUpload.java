package dev.forebear.ingest.announcement;

import dev.forebear.schemas.ModelVersionId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A new or changed version of a model.
 *
 * @param location where the weights lie
 * @param declaredBases bases that the registry declares
 * @param by who uploaded it, as the registry says; or null
 * @param stableId what the registry calls the model whatever its name; null where it has no such id
 * @param visibility {@code public} or {@code private}, or null where the registry does not tell
 */
public record ModelUpload(
        String eventId,
        ModelVersionId id,
        String location,
        List<Declared> declaredBases,
        @Nullable String by,
        Instant at,
        @Nullable String traceParent,
        Content content,
        @Nullable String stableId,
        @Nullable String visibility)
        implements Announcement {

    public ModelUpload {
        if (eventId.isBlank() || location.isBlank()) {
            throw new IllegalArgumentException("upload of " + id + ": expected an event id and a location");
        }
        declaredBases = List.copyOf(declaredBases);
    }

    /** An upload of which nothing else is told. */
    public static ModelUpload of(String eventId, ModelVersionId id, String location, Instant at) {
        return new ModelUpload(eventId, id, location, List.of(), null, at, null, Content.UNTOLD, null, null);
    }

    /** The same with bases that the registry declares. */
    public ModelUpload declaring(List<Declared> bases) {
        return new ModelUpload(eventId, id, location, bases, by, at, traceParent, content, stableId, visibility);
    }

    /** The same with who uploaded it. */
    public ModelUpload by(@Nullable String uploader) {
        return new ModelUpload(
                eventId, id, location, declaredBases, uploader, at, traceParent, content, stableId, visibility);
    }

    /** The same with the trace that it belongs to. */
    public ModelUpload tracedBy(@Nullable String parent) {
        return new ModelUpload(eventId, id, location, declaredBases, by, at, parent, content, stableId, visibility);
    }

    /** The same with what is told of its bytes. */
    public ModelUpload containing(Content told) {
        return new ModelUpload(eventId, id, location, declaredBases, by, at, traceParent, told, stableId, visibility);
    }

    /** The same with what the registry calls the model and who may see it. */
    public ModelUpload knownAs(@Nullable String registryId, @Nullable String seenBy) {
        return new ModelUpload(eventId, id, location, declaredBases, by, at, traceParent, content, registryId, seenBy);
    }

    @Override
    public String registry() {
        return id.registry();
    }
}
