package dev.forebear.fuzz;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.Declarations;
import dev.forebear.checkpoint.storage.FolderStorage;
import dev.forebear.signals.Fingerprinter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Several files of a model in a folder on disk, fingerprinted as a worker does it. */
final class FolderOnDisk implements Parser {

    private final Path folder;
    private final Set<String> written = new HashSet<>();

    FolderOnDisk() {
        try {
            folder = Files.createTempDirectory("forebear-fuzz-");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        folder.toFile().deleteOnExit();
    }

    @Override
    public void read(byte[] input) throws IOException {
        write(ModelFolder.of(input).contents());
        var storage = new FolderStorage(folder);
        Declarations.read(storage);
        try (var checkpoint = Checkpoint.open(storage)) {
            Fingerprinter.fingerprint(checkpoint);
        }
    }

    private void write(Map<String, byte[]> files) throws IOException {
        for (String name : written) {
            Files.deleteIfExists(folder.resolve(name));
        }
        written.clear();
        for (var file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.write(path, file.getValue());
            path.toFile().deleteOnExit();
            written.add(file.getKey());
        }
    }
}
