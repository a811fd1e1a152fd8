package dev.forebear.ingest.announcement;

import dev.forebear.schemas.wire.ObjectChangeKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An object of an object store changed; several of them make one model.
 *
 * @param folder where the files of the model lie, with a slash at its end, for example {@code s3://models/helios/v4/}
 * @param path of the object within the folder
 * @param name of the model
 * @param version of the model where its folder names one; null when the content is the version
 * @param contentTag version of the object or its entity tag
 * @param sha256 of the object where the store tells it
 * @param size in bytes where the store tells it
 * @param by who changed it, or null
 */
public record ObjectChange(
        String eventId,
        String registry,
        String folder,
        String path,
        String name,
        @Nullable String version,
        ObjectChangeKind kind,
        @Nullable String contentTag,
        @Nullable String sha256,
        @Nullable Long size,
        @Nullable String by,
        Instant at,
        @Nullable String traceParent)
        implements Announcement {

    public ObjectChange {
        if (eventId.isBlank() || name.isBlank() || !folder.endsWith("/")) {
            throw new IllegalArgumentException(
                    "object '" + path + "' in " + registry + ": expected an event id, a model and a folder");
        }
    }
}
