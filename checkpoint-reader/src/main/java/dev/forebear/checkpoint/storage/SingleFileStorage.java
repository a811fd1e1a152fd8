package dev.forebear.checkpoint.storage;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** One weights file of a storage with the files that describe a model; the other weights beside it are not there. */
final class SingleFileStorage implements Storage {

    private static final Set<String> DESCRIPTIONS =
            Set.of("config.json", "tokenizer.json", "tokenizer_config.json", "README.md", "adapter_config.json");

    private final Storage folder;
    private final String file;

    SingleFileStorage(Storage folder, String file) {
        this.folder = folder;
        this.file = file;
    }

    @Override
    public String location() {
        return folder.location() + "/" + file;
    }

    @Override
    public List<StoredFile> list() throws IOException {
        List<StoredFile> files =
                folder.list().stream().filter(stored -> isHere(stored.name())).toList();
        if (files.stream().noneMatch(stored -> stored.name().equals(file))) {
            throw missing(file);
        }
        return files;
    }

    @Override
    public ByteSource open(String name) throws IOException {
        if (!isHere(name)) {
            throw missing(name);
        }
        return folder.open(name);
    }

    @Override
    public ReadTotals totals() {
        return folder.totals();
    }

    @Override
    public void close() {
        folder.close();
    }

    private boolean isHere(String name) {
        return name.equals(file) || DESCRIPTIONS.contains(name);
    }

    private CheckpointException missing(String name) {
        return new CheckpointException(
                Reason.MISSING, name, "expected a file in " + folder.location() + ", found none");
    }
}
