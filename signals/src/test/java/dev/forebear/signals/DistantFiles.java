package dev.forebear.signals;

import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.ReadTotals;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StoredFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** The files of another storage as if they were a request away, which is the default of a source. */
record DistantFiles(Storage storage) implements Storage {

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
        return new ByteSource() {
            @Override
            public String name() {
                return source.name();
            }

            @Override
            public long size() {
                return source.size();
            }

            @Override
            public void read(long offset, ByteBuffer target) throws IOException {
                source.read(offset, target);
            }
        };
    }

    @Override
    public ReadTotals totals() {
        return storage.totals();
    }

    @Override
    public void close() {
        storage.close();
    }
}
