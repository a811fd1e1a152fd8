package dev.forebear.ingest.sender;

import static dev.forebear.ingest.sender.NotUnderstoodException.malformed;

import dev.forebear.ingest.announcement.Content;
import dev.forebear.ingest.announcement.ModelChange;
import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryApi;
import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.ModelChangeKind;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A manifest in an OCI registry, of which an event tells.
 *
 * @param host of the registry as the event tells it
 * @param tag null for one that is known by its digest alone
 * @param digest null where a tag was deleted
 */
public record Manifest(
        Registration registration,
        String host,
        String repository,
        @Nullable String tag,
        @Nullable String digest) {

    private static final Pattern DIGEST = Pattern.compile("sha(256|512):[0-9a-f]{64,128}");

    public Manifest {
        if (digest != null && !DIGEST.matcher(digest).matches()) {
            throw malformed("digest: expected one such as sha256:2e40…, found '" + digest + "'");
        }
        // Some put the digest where a tag belongs.
        tag = tag == null || DIGEST.matcher(tag).matches() ? null : tag;
    }

    /** The upload of it: named by its tag, but read as what it is now. */
    public ModelUpload uploaded(String eventId, Instant at) {
        if (digest == null) {
            throw malformed("digest: expected one, found none");
        }
        ModelVersionId id = Announced.id(registration, repository, tag == null ? digest : tag);
        String location = "oci://" + authority() + "/" + repository + "@" + digest;
        return ModelUpload.of(eventId, id, Announced.location(registration, id, location), at)
                .containing(Content.tagged(digest));
    }

    /** The deletion of it; of all versions when neither tag nor digest is told. */
    ModelChange deleted(String eventId, Instant at) {
        String name = Announced.name(registration, repository);
        return ModelChange.of(
                eventId, registration.alias(), name, tag == null ? digest : tag, ModelChangeKind.DELETED, at);
    }

    // Where the operator says that the registry is goes before what a request of its client said.
    private String authority() {
        RegistryApi api = registration.api();
        return api == null ? host : api.url().getAuthority();
    }
}
