package dev.forebear.checkpoint.plan;

import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.ReadTotals;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StoredFile;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A storage whose files take part in plans. Through it weights are opened, and nothing that describes them. */
public final class PlannedStorage implements Storage {

    private final Storage storage;

    public PlannedStorage(Storage storage) {
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
        return new PlannedFile(storage.open(name));
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
}
