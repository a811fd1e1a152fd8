package dev.forebear.fuzz;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.BytesSource;
import dev.forebear.checkpoint.storage.FileNames;
import dev.forebear.checkpoint.storage.ReadTotals;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StoredFile;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Files of a checkpoint in memory. */
final class MemoryFiles implements Storage {

    private final Map<String, byte[]> files = new TreeMap<>();

    MemoryFiles with(String name, byte[] content) {
        files.put(name, content);
        return this;
    }

    /** Content by name, in the order of the names. */
    Map<String, byte[]> contents() {
        return files;
    }

    @Override
    public String location() {
        return "memory";
    }

    @Override
    public List<StoredFile> list() {
        return files.entrySet().stream()
                .map(file -> new StoredFile(file.getKey(), file.getValue().length, "1"))
                .toList();
    }

    @Override
    public ByteSource open(String name) throws CheckpointException {
        FileNames.check(name);
        byte[] content = files.get(name);
        if (content == null) {
            throw new CheckpointException(Reason.MISSING, name, "expected a file, found none");
        }
        return new BytesSource(name, content);
    }

    @Override
    public ReadTotals totals() {
        return new ReadTotals(0, 0);
    }

    @Override
    public void close() {}
}
