package dev.forebear.checkpoint.storage.oci;

import dev.forebear.checkpoint.storage.Digest;
import dev.forebear.checkpoint.storage.Digest.Algorithm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model as an OCI artifact: blobs, and the manifest that names them. */
final class Image {

    private final Map<String, byte[]> blobs = new LinkedHashMap<>();
    private final List<String> layers = new ArrayList<>();
    private final List<String> annotations = new ArrayList<>();
    private String config = "";

    /** A layer without annotations. */
    Image with(String mediaType, byte[] content) {
        return with(mediaType, content, "{}");
    }

    /** A layer that says which file it is, as ModelPack does. */
    Image file(String mediaType, String path, byte[] content) {
        return with(mediaType, content, "{\"org.cncf.model.filepath\": \"%s\"}".formatted(path.replace("\\", "\\\\")));
    }

    /** What the tool that published it says about it. */
    Image config(String mediaType, byte[] content) {
        config = ", \"config\": " + descriptor(mediaType, content);
        blobs.put(digest(content), content);
        return this;
    }

    Image annotated(String key, String value) {
        annotations.add("\"%s\": \"%s\"".formatted(key, value));
        return this;
    }

    private Image with(String mediaType, byte[] content, String annotations) {
        layers.add(descriptor(mediaType, content).replace("}", ", \"annotations\": " + annotations + "}"));
        blobs.put(digest(content), content);
        return this;
    }

    static String digest(byte[] content) {
        return Digest.of(Algorithm.SHA256, content).toString();
    }

    static String descriptor(String mediaType, byte[] content) {
        return "{\"mediaType\": \"%s\", \"digest\": \"%s\", \"size\": %d}"
                .formatted(mediaType, digest(content), content.length);
    }

    Map<String, byte[]> blobs() {
        return blobs;
    }

    byte[] manifest() {
        return ("{\"schemaVersion\": 2, \"mediaType\": \"application/vnd.oci.image.manifest.v1+json\", \"layers\": "
                        + layers + config + ", \"annotations\": {" + String.join(", ", annotations) + "}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    static byte[] index(byte[]... manifests) {
        List<String> entries = new ArrayList<>();
        for (byte[] manifest : manifests) {
            entries.add(descriptor("application/vnd.oci.image.manifest.v1+json", manifest));
        }
        return ("{\"schemaVersion\": 2, \"manifests\": " + entries + "}").getBytes(StandardCharsets.UTF_8);
    }

    /** Writes an image layout. */
    Path layout(Path folder) throws IOException {
        Path sha256 = Files.createDirectories(folder.resolve("blobs/sha256"));
        Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\": \"1.0.0\"}");
        Files.write(folder.resolve("index.json"), index(manifest()));
        Files.write(sha256.resolve(hex(digest(manifest()))), manifest());
        for (var blob : blobs.entrySet()) {
            Files.write(sha256.resolve(hex(blob.getKey())), blob.getValue());
        }
        return folder;
    }

    static String hex(String digest) {
        return digest.substring("sha256:".length());
    }
}
