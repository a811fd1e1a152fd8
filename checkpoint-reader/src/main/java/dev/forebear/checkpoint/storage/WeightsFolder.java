package dev.forebear.checkpoint.storage;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A storage seen from the folder that all its weights lie in. Packages of models keep weights some folders below their
 * root, and tokenizer or page in another: files from outside that folder are seen in it when no other has their name.
 */
final class WeightsFolder implements Storage {

    private final Storage storage;
    private @Nullable TreeMap<String, StoredFile> files;

    WeightsFolder(Storage storage) {
        this.storage = storage;
    }

    @Override
    public String location() {
        return storage.location();
    }

    @Override
    public List<StoredFile> list() throws IOException {
        return files().entrySet().stream()
                .map(file -> file.getValue().named(file.getKey()))
                .toList();
    }

    @Override
    public ByteSource open(String name) throws IOException {
        FileNames.check(name);
        StoredFile file = files().get(name);
        if (file == null) {
            throw new CheckpointException(Reason.MISSING, name, "expected a file in " + location() + ", found none");
        }
        return storage.open(file.name());
    }

    private synchronized TreeMap<String, StoredFile> files() throws IOException {
        if (files == null) {
            files = seen(storage.list());
        }
        return files;
    }

    private static TreeMap<String, StoredFile> seen(List<StoredFile> stored) {
        String folder = folder(stored);
        var seen = new TreeMap<String, StoredFile>();
        Map<String, Integer> outside = new HashMap<>();
        for (StoredFile file : stored) {
            if (file.name().startsWith(folder)) {
                seen.put(file.name().substring(folder.length()), file);
            } else {
                outside.merge(last(file.name()), 1, Integer::sum);
            }
        }
        for (StoredFile file : stored) {
            boolean alone = outside.getOrDefault(last(file.name()), 0) == 1;
            if (!file.name().startsWith(folder)) {
                seen.putIfAbsent(alone ? last(file.name()) : file.name(), file);
            }
        }
        return seen;
    }

    /** The only folder with weights, with a slash; empty when there are several, or none. */
    private static String folder(List<StoredFile> stored) {
        List<String> folders = stored.stream()
                .map(StoredFile::name)
                .filter(WeightsNames::isWeights)
                .map(name -> name.substring(0, name.lastIndexOf('/') + 1))
                .distinct()
                .toList();
        return folders.size() == 1 ? folders.getFirst() : "";
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    @Override
    public Storage asStored() {
        return storage;
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
