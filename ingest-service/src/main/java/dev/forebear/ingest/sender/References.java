package dev.forebear.ingest.sender;

import dev.forebear.ingest.announcement.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an event tells of the parts of a manifest, if the registry is configured to tell it. */
record References(List<Payload> descriptors) {

    private static final Pattern OF_MODEL =
            Pattern.compile("application/vnd\\.(cncf\\.model|kitops\\.modelkit|docker\\.ai|ollama\\.image)\\..*");

    /** Layers that are one file as it is, so that their digest is the file's. */
    private static final Pattern FILE = Pattern.compile(
            "application/vnd\\.(cncf\\.model\\.weight\\.v1\\.raw|docker\\.ai\\.(gguf\\.v3|safetensors)|ollama\\.image\\.model)");

    private static final List<String> PATHS = List.of("org.cncf.model.filepath", "org.opencontainers.image.title");
    private static final String SHA256 = "sha256:";
    private static final int SHA256_LENGTH = SHA256.length() + 64;

    /** Whether they are those of a model; where nothing is told they may be. */
    boolean mayBeOfModel() {
        return descriptors.isEmpty()
                || descriptors.stream()
                        .map(References::mediaType)
                        .anyMatch(type -> OF_MODEL.matcher(type).matches());
    }

    /** The files of which a digest is told. */
    List<Content.FileDigest> files() {
        List<Content.FileDigest> files = new ArrayList<>();
        for (Payload layer : descriptors) {
            String path = path(layer);
            String digest = layer.optionalText("digest");
            if (path != null
                    && digest != null
                    && digest.startsWith(SHA256)
                    && digest.length() == SHA256_LENGTH
                    && FILE.matcher(mediaType(layer)).matches()) {
                files.add(
                        new Content.FileDigest(path, digest.substring(SHA256.length()), layer.optionalNumber("size")));
            }
        }
        return files;
    }

    private static String mediaType(Payload descriptor) {
        String type = descriptor.optionalText("mediaType");
        return type == null ? "" : type;
    }

    private static @Nullable String path(Payload layer) {
        for (String annotation : PATHS) {
            String path = layer.at("annotations").optionalText(annotation);
            if (path != null) {
                return path;
            }
        }
        return null;
    }
}
