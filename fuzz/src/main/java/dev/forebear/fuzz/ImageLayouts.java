package dev.forebear.fuzz;

import dev.forebear.checkpoint.storage.Digest;
import dev.forebear.checkpoint.storage.Digest.Algorithm;
import dev.forebear.checkpoint.storage.StoredFile;
import dev.forebear.checkpoint.storage.oci.OciStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * An OCI image on disk: its manifest, beside a sound layer, or its only layer.
 *
 * <pre>
 *   what u8 (0: the manifest, else a layer of the type MEDIA_TYPES[what - 1], modulo), bytes
 * </pre>
 */
final class ImageLayouts implements Parser {

    /** New types go to the end, or the inputs in the corpus become others. */
    private static final List<String> MEDIA_TYPES = List.of(
            "application/vnd.cncf.model.weight.v1.tar",
            "application/vnd.kitops.modelkit.model.v1.tar+gzip",
            "application/vnd.oci.image.layer.v1.tar",
            "application/vnd.docker.ai.gguf.v3");

    private static final int READ_LIMIT = 1 << 20;

    private final Path folder;
    private final Path blobs;

    ImageLayouts() {
        try {
            folder = Files.createTempDirectory("forebear-fuzz-");
            blobs = Files.createDirectories(folder.resolve("blobs/sha256"));
            Files.write(folder.resolve("oci-layout"), json("{\"imageLayoutVersion\": \"1.0.0\"}"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        // Folders first: they are deleted last.
        List.of(folder, folder.resolve("blobs"), blobs, folder.resolve("oci-layout"), folder.resolve("index.json"))
                .forEach(path -> path.toFile().deleteOnExit());
    }

    @Override
    public void read(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        int what = Byte.toUnsignedInt(input[0]);
        byte[] content = Arrays.copyOfRange(input, 1, input.length);
        byte[] manifest = what == 0 ? content : manifest(MEDIA_TYPES.get((what - 1) % MEDIA_TYPES.size()), content);
        Files.write(folder.resolve("index.json"), json("{\"manifests\": [" + descriptor("", manifest) + "]}"));
        List<byte[]> written = List.of(json("{}"), manifest, content);
        for (byte[] blob : written) {
            Files.write(blob(blob), blob);
        }
        try (var storage = OciStorage.layout(folder)) {
            for (StoredFile file : storage.list()) {
                storage.open(file.name()).readAll(READ_LIMIT);
            }
        } finally {
            for (byte[] blob : written) {
                Files.deleteIfExists(blob(blob));
            }
        }
    }

    private static byte[] manifest(String mediaType, byte[] layer) {
        return json("{\"layers\": [" + descriptor(mediaType, layer) + "]}");
    }

    private static String descriptor(String mediaType, byte[] content) {
        return "{\"mediaType\": \"%s\", \"digest\": \"%s\", \"size\": %d}"
                .formatted(mediaType, Digest.of(Algorithm.SHA256, content), content.length);
    }

    private Path blob(byte[] content) {
        return blobs.resolve(Digest.of(Algorithm.SHA256, content).hex());
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
