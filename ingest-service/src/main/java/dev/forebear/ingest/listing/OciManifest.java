package dev.forebear.ingest.listing;

import dev.forebear.checkpoint.storage.Digest;
import dev.forebear.checkpoint.storage.Digest.Algorithm;
import dev.forebear.ingest.announcement.Content;
import dev.forebear.ingest.announcement.Digests;
import dev.forebear.ingest.sender.ModelLayer;
import dev.forebear.ingest.sender.NotUnderstoodException;
import dev.forebear.ingest.sender.Payload;
import java.time.Instant;
import java.util.List;

/**
 * A manifest of an OCI registry.
 *
 * @param digest of its bytes, for example {@code sha256:...}
 */
record OciManifest(Payload fields, String digest) {

    /** Those that may describe a model; an index of several is none. */
    static final String MEDIA_TYPES =
            "application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json, "
                    + "application/vnd.oci.image.index.v1+json";

    /** @throws ListingException when it is none, or another than the registry says that it is */
    static OciManifest of(Answer answer) throws ListingException {
        String digest = Digest.of(Algorithm.SHA256, answer.body()).toString();
        String told = answer.headers().get("Docker-Content-Digest");
        if (told != null && told.startsWith("sha256:") && !told.equals(digest)) {
            throw new ListingException(0, answer.call(), "the manifest " + told, digest);
        }
        return new OciManifest(answer.object(), digest);
    }

    boolean isModel() {
        return ModelLayer.isOfModel(fields.optionalText("artifactType"))
                || ModelLayer.isOfModel(fields.at("config").optionalText("mediaType"))
                || layers().stream().anyMatch(layer -> ModelLayer.isOfModel(layer.optionalText("mediaType")));
    }

    private List<Payload> layers() {
        return fields.list("layers");
    }

    Content content() {
        var digests = new Digests();
        int files = 0;
        for (Payload layer : layers()) {
            if (ModelLayer.isFile(layer)) {
                String path = ModelLayer.path(layer);
                files++;
                digests.add(
                        path == null ? "layer-" + files : path,
                        layer.optionalText("digest"),
                        layer.optionalNumber("size"));
            }
        }
        return digests.content(digest);
    }

    /** When it was made, as it says. */
    Instant createdAt(Instant otherwise) {
        try {
            return fields.at("annotations").instant("org.opencontainers.image.created", otherwise);
        } catch (NotUnderstoodException notTold) {
            return otherwise;
        }
    }
}
