package dev.forebear.checkpoint.storage.oci;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.FolderStorage;
import dev.forebear.checkpoint.storage.ReadTotals;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StoredJson;
import dev.forebear.checkpoint.storage.VerifiedSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** An OCI image layout: a folder with {@code oci-layout}, {@code index.json} and {@code blobs}. */
final class LayoutBlobs implements Blobs {

    static final String MARKER = "oci-layout";

    private final Storage folder;

    LayoutBlobs(Path folder) {
        this.folder = new FolderStorage(folder);
    }

    @Override
    public String location() {
        return folder.location();
    }

    @Override
    public byte[] root() throws IOException {
        String version = StoredJson.read(folder, MARKER, DOCUMENT_LIMIT)
                .path("imageLayoutVersion")
                .asText();
        if (!version.startsWith("1.")) {
            throw new CheckpointException(
                    Reason.UNSUPPORTED, MARKER, "imageLayoutVersion: expected 1.0.0, found '" + version + "'");
        }
        return folder.open("index.json").readAll(DOCUMENT_LIMIT);
    }

    @Override
    public byte[] manifest(Descriptor descriptor) throws IOException {
        return open(descriptor).readAll(DOCUMENT_LIMIT);
    }

    @Override
    public ByteSource open(Descriptor blob) throws IOException {
        String name = "blobs/" + blob.digest().algorithm().name().toLowerCase(Locale.ROOT) + "/"
                + blob.digest().hex();
        ByteSource source = folder.open(name);
        if (source.size() != blob.size()) {
            throw new CheckpointException(
                    Reason.MALFORMED, name, "expected " + blob.size() + " bytes, found " + source.size());
        }
        return new VerifiedSource(source, blob.digest());
    }

    @Override
    public ReadTotals totals() {
        return folder.totals();
    }

    @Override
    public void close() {
        folder.close();
    }
}
