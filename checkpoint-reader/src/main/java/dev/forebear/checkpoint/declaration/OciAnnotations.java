package dev.forebear.checkpoint.declaration;

import dev.forebear.checkpoint.storage.Storage;
import java.io.IOException;
import java.util.Map;

/** What the manifest of an OCI artifact says about the image that it was built on (OCI image specification). */
final class OciAnnotations {

    private static final String NAME = "org.opencontainers.image.base.name";
    private static final String DIGEST = "org.opencontainers.image.base.digest";

    private OciAnnotations() {}

    static void read(Storage storage, Declared declared) throws IOException {
        Map<String, String> annotations = storage.annotations();
        declared.pinned(
                "manifest", NAME, Source.OCI_ANNOTATION, annotations.get(NAME), Digests.parse(annotations.get(DIGEST)));
    }
}
