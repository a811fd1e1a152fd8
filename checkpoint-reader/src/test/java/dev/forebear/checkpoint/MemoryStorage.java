package dev.forebear.checkpoint;

import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.ReadTotals;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StoredFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;

/** Files of a checkpoint as a test writes them. */
public final class MemoryStorage implements Storage {

    private final TreeMap<String, byte[]> files = new TreeMap<>();
    private final TreeMap<String, StoredFile> told = new TreeMap<>();

    public MemoryStorage with(String name, byte[] content) {
        files.put(name, content);
        return this;
    }

    public MemoryStorage with(String name, String content) {
        return with(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** As a store that knows digests lists a file. */
    public MemoryStorage telling(StoredFile file) {
        told.put(file.name(), file);
        return this;
    }

    @Override
    public String location() {
        return "memory";
    }

    @Override
    public List<StoredFile> list() {
        return files.entrySet().stream()
                .map(file ->
                        told.getOrDefault(file.getKey(), new StoredFile(file.getKey(), file.getValue().length, "1")))
                .toList();
    }

    @Override
    public ByteSource open(String name) throws IOException {
        byte[] content = files.get(name);
        if (content == null) {
            throw new CheckpointException(Reason.MISSING, name, "expected a file, found none");
        }
        return source(name, content);
    }

    public static ByteSource source(String name, byte[] content) {
        return new ByteSource() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public long size() {
                return content.length;
            }

            @Override
            public void read(long offset, ByteBuffer target) {
                target.put(content, Math.toIntExact(offset), target.remaining());
            }
        };
    }

    @Override
    public ReadTotals totals() {
        return new ReadTotals(0, 0);
    }

    @Override
    public void close() {}
}
