package dev.forebear.checkpoint.storage;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The files of one checkpoint: a folder or the objects below a prefix. */
public interface Storage extends AutoCloseable {

    /** Where this is, as the operator would write it, without credentials. */
    String location();

    /** Files of the checkpoint, sorted by name; names are relative and use forward slashes. */
    List<StoredFile> list() throws IOException;

    /**
     * Opens a file at its present revision.
     *
     * @throws dev.forebear.checkpoint.CheckpointException if there is no such file
     */
    ByteSource open(String name) throws IOException;

    /** What the store says of the model beside its files, such as the annotations of a manifest. */
    default Map<String, String> annotations() throws IOException {
        return Map.of();
    }

    /** The same files under the names that they are stored by, for what speaks of those. */
    default Storage asStored() {
        return this;
    }

    /** Bytes and requests spent so far. */
    ReadTotals totals();

    @Override
    void close();
}
