package dev.forebear.checkpoint.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A storage that reads a small file whole, with its first read, and keeps it until it is closed. Over a network, the
 * samples of a small model would otherwise cost a request each: hundreds of round trips for less than a megabyte.
 */
final class SmallFiles implements Storage {

    /** At 100 MB/s such a file takes as long as two to four requests of 20 ms. */
    private static final long SMALL = 8 << 20;

    /** Most bytes kept, so that a checkpoint of many small shards cannot fill the memory. */
    private static final long BUDGET = 64 << 20;

    private final Storage storage;
    private final AtomicLong left = new AtomicLong(BUDGET);

    SmallFiles(Storage storage) {
        this.storage = storage;
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
        return source.size() <= SMALL && reserve(source.size()) ? new Kept(source) : source;
    }

    private boolean reserve(long bytes) {
        if (left.addAndGet(-bytes) >= 0) {
            return true;
        }
        left.addAndGet(bytes);
        return false;
    }

    @Override
    public Map<String, String> annotations() throws IOException {
        return storage.annotations();
    }

    @Override
    public ReadTotals totals() {
        return storage.totals();
    }

    @Override
    public void close() {
        storage.close();
    }

    /** A file of which nothing is read until it is asked for, and then everything. */
    private static final class Kept implements ByteSource {

        private final ByteSource source;
        private byte[] content = {};
        private boolean loaded;

        Kept(ByteSource source) {
            this.source = source;
        }

        @Override
        public String name() {
            return source.name();
        }

        @Override
        public long size() {
            return source.size();
        }

        @Override
        public Distance distance() {
            return Distance.MEMORY;
        }

        @Override
        public void read(long offset, ByteBuffer target) throws IOException {
            ByteRange.of(offset, target.remaining()).within(size(), name());
            target.put(content(), Math.toIntExact(offset), target.remaining());
        }

        private synchronized byte[] content() throws IOException {
            if (!loaded) {
                content = source.readAll(Math.toIntExact(SMALL));
                loaded = true;
            }
            return content;
        }
    }
}
