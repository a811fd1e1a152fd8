package dev.forebear.schemas;

import dev.forebear.schemas.wire.ModelChangeKind;
import dev.forebear.schemas.wire.ModelChanged;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Which model versions were erased, as {@code model-changes} tells. An erasure covers what was uploaded until then,
 * however often its registry announces it again; what is uploaded later is a new model version. Not thread-safe.
 */
public final class Erasures {

    /** By model id, or by model version id where only that was erased. */
    private final Map<String, Instant> erasedAt = new HashMap<>();

    /** Takes an erasure on; other changes are left alone. The order does not matter. */
    public void add(ModelChanged change) {
        if (change.getChange() == ModelChangeKind.ERASED) {
            String model = change.getRegistry() + "/" + change.getName();
            String subject = change.getVersion() == null ? model : model + "@" + change.getVersion();
            erasedAt.merge(subject, change.getReceivedAt(), (one, other) -> one.isAfter(other) ? one : other);
        }
    }

    /** @param uploadedAt as the announcement, the fingerprint and the report tell it */
    public boolean cover(String registry, String name, String version, Instant uploadedAt) {
        String model = registry + "/" + name;
        return covers(model, uploadedAt) || covers(model + "@" + version, uploadedAt);
    }

    private boolean covers(String subject, Instant uploadedAt) {
        Instant erased = erasedAt.get(subject);
        return erased != null && !uploadedAt.isAfter(erased);
    }
}
