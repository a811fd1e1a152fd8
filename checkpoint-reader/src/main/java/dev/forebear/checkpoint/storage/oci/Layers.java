package dev.forebear.checkpoint.storage.oci;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.BytesSource;
import dev.forebear.checkpoint.storage.FileNames;
import dev.forebear.checkpoint.storage.oci.LayerType.Content;
import dev.forebear.checkpoint.tar.TarArchive;
import dev.forebear.checkpoint.tar.TarEntry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The files that the layers of a manifest hold, by name. Layers that hold none of a model are left out. */
final class Layers {

    /** Archives up to this size are read whole: one request, and held against their digest. */
    private static final int SMALL = 8 << 20;

    /** Most bytes kept of small archives, unpacked. */
    private static final int KEPT_LIMIT = 32 << 20;

    private static final int FILES_LIMIT = 100_000;

    /** Where ModelPack, and most other tools, say which file a layer is. */
    private static final List<String> PATHS = List.of("org.cncf.model.filepath", "org.opencontainers.image.title");

    private static final String KITFILE = "Kitfile";

    private final Blobs blobs;
    private final Manifest manifest;
    private final Map<Content, Integer> unnamed = new EnumMap<>(Content.class);
    private final TreeMap<String, LayerFile> files = new TreeMap<>();
    private int kept;
    private @Nullable Descriptor unread;

    private Layers(Blobs blobs, Manifest manifest) {
        this.blobs = blobs;
        this.manifest = manifest;
    }

    /**
     * @throws CheckpointException UNSUPPORTED when weights are in a compressed layer that is not small, MALFORMED or
     *     REFUSED when a layer lies about what is in it
     */
    static TreeMap<String, LayerFile> files(Blobs blobs, Manifest manifest) throws IOException {
        var layers = new Layers(blobs, manifest);
        for (Descriptor layer : manifest.layers()) {
            layers.add(layer, LayerType.of(layer.mediaType()));
        }
        if (layers.files.isEmpty() && layers.unread != null) {
            throw layers.compressed(layers.unread);
        }
        layers.addKitfile();
        return layers.files;
    }

    /** KitOps has the Kitfile as its configuration, which is no layer. */
    private void addKitfile() throws IOException {
        Descriptor config = manifest.config();
        if (config != null && config.mediaType().startsWith("application/vnd.kitops.modelkit.config.")) {
            files.putIfAbsent(KITFILE, new LayerFile(KITFILE, blobs.open(config), 0, config.size(), config.digest()));
        }
    }

    private void add(Descriptor layer, LayerType type) throws IOException {
        if (type.content() == Content.DATASET) {
            return;
        }
        switch (type.packing()) {
            case FILE -> file(layer, type.content());
            case TAR -> archive(layer, type, plain(layer));
            case GZIP -> {
                if (layer.size() <= SMALL) {
                    archive(layer, type, unpacked(layer));
                } else {
                    leaveOut(layer, type);
                }
            }
            case COMPRESSED -> leaveOut(layer, type);
        }
    }

    private void file(Descriptor layer, Content content) throws IOException {
        String name = name(layer, content);
        if (name != null) {
            put(new LayerFile(name, blobs.open(layer), 0, layer.size(), layer.digest()), content);
        }
    }

    private @Nullable String name(Descriptor layer, Content content) throws CheckpointException {
        for (String path : PATHS) {
            String name = layer.annotations().get(path);
            if (name != null) {
                String plain = FileNames.withoutDots(name);
                FileNames.check(plain);
                return plain;
            }
        }
        return switch (content) {
            case GGUF -> numbered(content, ".gguf");
            case SAFETENSORS -> numbered(content, ".safetensors");
            case PROJECTOR -> "mmproj-" + count(content) + ".gguf";
            case ADAPTER -> "adapter-" + count(content) + ".lora";
            case LICENCE -> "LICENSE-" + count(content);
            case WEIGHTS ->
                throw new CheckpointException(
                        Reason.MALFORMED, layer.digest().toString(), "expected a layer that says its file, found none");
            case FILE_SYSTEM, DATASET, OTHER -> null;
        };
    }

    /** The order of layers is that of the shards. */
    private String numbered(Content content, String suffix) {
        long shards = manifest.layers().stream()
                .filter(layer -> LayerType.of(layer.mediaType()).content() == content)
                .count();
        return shards == 1 ? "model" + suffix : "model-%05d-of-%05d%s".formatted(count(content), shards, suffix);
    }

    private int count(Content content) {
        return unnamed.merge(content, 1, Integer::sum);
    }

    private void archive(Descriptor layer, LayerType type, ByteSource bytes) throws IOException {
        for (TarEntry entry : TarArchive.files(bytes)) {
            put(new LayerFile(entry.name(), bytes, entry.start(), entry.size(), layer.digest()), type.content());
        }
    }

    private void put(LayerFile file, Content content) throws CheckpointException {
        LayerFile before = files.put(file.name(), file);
        // In a file system the later layer covers the earlier one.
        if (before != null && content != Content.FILE_SYSTEM) {
            throw new CheckpointException(Reason.MALFORMED, file.name(), "expected it in one layer, found it in two");
        }
        if (files.size() > FILES_LIMIT) {
            throw new CheckpointException(
                    Reason.REFUSED, blobs.location(), "expected at most " + FILES_LIMIT + " files, found more");
        }
    }

    private ByteSource plain(Descriptor layer) throws IOException {
        ByteSource source = blobs.open(layer);
        if (layer.size() > SMALL || layer.size() > KEPT_LIMIT - kept) {
            return source;
        }
        kept += Math.toIntExact(layer.size());
        return new BytesSource(source.name(), source.readAll(SMALL));
    }

    private ByteSource unpacked(Descriptor layer) throws IOException {
        byte[] packed = blobs.open(layer).readAll(SMALL);
        int limit = KEPT_LIMIT - kept;
        String name = layer.digest().toString();
        byte[] unpacked;
        try (var stream = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            unpacked = stream.readNBytes(limit + 1);
        } catch (IOException notPacked) {
            throw new CheckpointException(Reason.MALFORMED, name, "expected a gzip stream: " + notPacked.getMessage());
        }
        if (unpacked.length > limit) {
            throw new CheckpointException(
                    Reason.REFUSED, name, "expected at most " + KEPT_LIMIT + " bytes unpacked in all, found more");
        }
        kept += unpacked.length;
        return new BytesSource(name, unpacked);
    }

    private void leaveOut(Descriptor layer, LayerType type) throws CheckpointException {
        if (type.content() == Content.WEIGHTS) {
            throw compressed(layer);
        }
        unread = layer;
    }

    private CheckpointException compressed(Descriptor layer) {
        return new CheckpointException(
                Reason.UNSUPPORTED,
                blobs.location(),
                "expected weights that can be read by range, found them compressed: layer " + layer.digest() + " of "
                        + layer.size() + " bytes is " + layer.mediaType() + "; publish it as a plain tar");
    }
}
