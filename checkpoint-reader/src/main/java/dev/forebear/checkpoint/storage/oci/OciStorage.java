package dev.forebear.checkpoint.storage.oci;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.Backoff;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.FileNames;
import dev.forebear.checkpoint.storage.ReadTotals;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StorageLocation.RegistryImage;
import dev.forebear.checkpoint.storage.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of a model that was published as an OCI artifact, as its manifest was when the first of them was asked for.
 * Digests are their revisions; what is read whole is held against them. Safe for use by several threads.
 */
public final class OciStorage implements Storage {

    private final Blobs blobs;
    private @Nullable Manifest manifest;
    private @Nullable TreeMap<String, LayerFile> files;

    private OciStorage(Blobs blobs) {
        this.blobs = blobs;
    }

    /** The model in an image layout on disk. */
    public static OciStorage layout(Path folder) {
        return new OciStorage(new LayoutBlobs(folder));
    }

    /** Whether a folder is an image layout. */
    public static boolean isLayout(Path folder) {
        return Files.isRegularFile(folder.resolve(LayoutBlobs.MARKER));
    }

    /** A model in a registry. */
    public static OciStorage registry(OciAccess access, RegistryImage image) {
        return registry(access, image, Backoff.DEFAULT);
    }

    static OciStorage registry(OciAccess access, RegistryImage image, Backoff backoff) {
        return new OciStorage(new RegistryBlobs(access, image, backoff));
    }

    @Override
    public String location() {
        return blobs.location();
    }

    @Override
    public List<StoredFile> list() throws IOException {
        return files().values().stream()
                .map(file -> new StoredFile(file.name(), file.size(), file.revision(), file.sha256()))
                .toList();
    }

    @Override
    public ByteSource open(String name) throws IOException {
        FileNames.check(name);
        LayerFile file = files().get(name);
        if (file == null) {
            throw new CheckpointException(Reason.MISSING, name, "expected a file in " + location() + ", found none");
        }
        return file;
    }

    private synchronized TreeMap<String, LayerFile> files() throws IOException {
        if (files == null) {
            files = Layers.files(blobs, manifest());
        }
        return files;
    }

    private synchronized Manifest manifest() throws IOException {
        if (manifest == null) {
            manifest = Manifest.of(blobs);
        }
        return manifest;
    }

    @Override
    public Map<String, String> annotations() throws IOException {
        return manifest().annotations();
    }

    @Override
    public ReadTotals totals() {
        return blobs.totals();
    }

    @Override
    public void close() {
        blobs.close();
    }
}
