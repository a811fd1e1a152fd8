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

    /** A change of a model, or of one version of it, of which nothing else is told. */
    public static ModelChange of(
            String eventId, String registry, String name, @Nullable String version, ModelChangeKind kind, Instant at) {
        return new ModelChange(eventId, registry, name, version, null, kind, null, null, List.of(), at, null);
    }

    /** The same with what the registry declares now. */
    public ModelChange declaring(List<Declared> bases) {
        return new ModelChange(
                eventId, registry, name, version, stableId, kind, formerName, visibility, bases, at, traceParent);
    }

    /** The same with what the registry calls the model and who may see it. */
    public ModelChange knownAs(@Nullable String registryId, @Nullable String seenBy) {
        return new ModelChange(
                eventId, registry, name, version, registryId, kind, formerName, seenBy, declaredBases, at, traceParent);
    }

    /** The same with the trace that it belongs to. */
    public ModelChange tracedBy(@Nullable String parent) {
        return new ModelChange(
                eventId, registry, name, version, stableId, kind, formerName, visibility, declaredBases, at, parent);
    }
}
