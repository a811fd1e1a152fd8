package dev.forebear.benchmarks;

import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.ReadTotals;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StoredFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A storage of which everything that is read is written to a folder, at its place in files of the same size: a model of
 * any size takes no more of a disk than is read of it.
 */
final class RecordedModel implements Storage {

    private final Storage storage;
    private final Path folder;
    private final Map<String, FileChannel> copies = new HashMap<>();
    private final ConcurrentLinkedQueue<Range> ranges = new ConcurrentLinkedQueue<>();

    /** What one request read. */
    record Range(String file, long offset, int length) {}

    RecordedModel(Storage storage, Path folder) {
        this.storage = storage;
        this.folder = folder;
    }

    List<Range> ranges() {
        return List.copyOf(ranges);
    }

    @Override
    public String location() {
        return storage.location();
    }

    @Override
    public List<StoredFile> list() throws IOException {
        return storage.list();
    }

    @Override
    public ByteSource open(String name) throws IOException {
        ByteSource source = storage.open(name);
        FileChannel copy = copy(name, source.size());
        return new ByteSource() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public long size() {
                return source.size();
            }

            @Override
            public void read(long offset, ByteBuffer target) throws IOException {
                ranges.add(new Range(name, offset, target.remaining()));
                int start = target.position();
                source.read(offset, target);
                copy.write(target.duplicate().flip().position(start), offset);
            }
        };
    }

    private synchronized FileChannel copy(String name, long size) throws IOException {
        FileChannel copy = copies.get(name);
        if (copy == null) {
            Files.createDirectories(folder);
            copy = FileChannel.open(folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            copy.write(ByteBuffer.allocate(1), size - 1);
            copies.put(name, copy);
        }
        return copy;
    }

    @Override
    public ReadTotals totals() {
        return storage.totals();
    }

    @Override
    public void close() {
        storage.close();
        try {
            for (FileChannel copy : copies.values()) {
                copy.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
