package dev.forebear.ingest.sender;

import dev.forebear.ingest.announcement.Content;
import java.util.ArrayList;
import java.util.List;

/** What an event tells of the parts of a manifest, if the registry is configured to tell it. */
record References(List<Payload> descriptors) {

    private static final String SHA256 = "sha256:";
    private static final int SHA256_LENGTH = SHA256.length() + 64;

    /** Whether they are those of a model; where nothing is told they may be. */
    boolean mayBeOfModel() {
        return descriptors.isEmpty()
                || descriptors.stream()
                        .map(descriptor -> descriptor.optionalText("mediaType"))
                        .anyMatch(ModelLayer::isOfModel);
    }

    /** The files of which a digest is told. */
    List<Content.FileDigest> files() {
        List<Content.FileDigest> files = new ArrayList<>();
        for (Payload layer : descriptors) {
            String path = ModelLayer.path(layer);
            String digest = layer.optionalText("digest");
            if (path != null
                    && digest != null
                    && digest.startsWith(SHA256)
                    && digest.length() == SHA256_LENGTH
                    && ModelLayer.isFile(layer)) {
                files.add(
                        new Content.FileDigest(path, digest.substring(SHA256.length()), layer.optionalNumber("size")));
            }
        }
        return files;
    }
}
