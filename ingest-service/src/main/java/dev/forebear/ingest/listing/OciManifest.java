package dev.forebear.ingest.listing;

import dev.forebear.checkpoint.storage.Digest;
import dev.forebear.checkpoint.storage.Digest.Algorithm;
import dev.forebear.ingest.announcement.Content;
import dev.forebear.ingest.sender.NotUnderstoodException;
import dev.forebear.ingest.sender.Payload;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

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

    private static final Pattern MODEL =
            Pattern.compile("application/vnd\\.(cncf\\.model|kitops\\.modelkit|docker\\.ai|ollama\\.image)\\..*");

    /** Layers that are one file as it is, so that their digest is the file's. */
    private static final Pattern FILE = Pattern.compile(
            "application/vnd\\.(cncf\\.model\\.weight\\.v1\\.raw|docker\\.ai\\.(gguf\\.v3|safetensors)|ollama\\.image\\.model)");

    private static final List<String> PATHS = List.of("org.cncf.model.filepath", "org.opencontainers.image.title");

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
        return isModel(fields, "artifactType")
                || isModel(fields.at("config"), "mediaType")
                || layers().stream().anyMatch(layer -> isModel(layer, "mediaType"));
    }

    private static boolean isModel(Payload described, String field) {
        String type = described.optionalText(field);
        return type != null && isModel(type);
    }

    /** Whether a media type is one of those that models have. */
    static boolean isModel(String mediaType) {
        return MODEL.matcher(mediaType).matches();
    }

    private List<Payload> layers() {
        return fields.list("layers");
    }

    Content content() {
        var digests = new Digests();
        int files = 0;
        for (Payload layer : layers()) {
            if (FILE.matcher(layer.text("mediaType")).matches()) {
                digests.add(path(layer, ++files), layer.optionalText("digest"), layer.optionalNumber("size"));
            }
        }
        return digests.content(digest);
    }

    private static String path(Payload layer, int number) {
        for (String annotation : PATHS) {
            String path = layer.at("annotations").optionalText(annotation);
            if (path != null) {
                return path;
            }
        }
        return "layer-" + number;
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
