package dev.forebear.cli.checkpoint;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.FolderStorage;
import dev.forebear.checkpoint.storage.ReadTotals;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StoredFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** One weight file with the configuration and vocabulary that lie beside it; its sibling weight files are hidden. */
final class OneWeightFile implements Storage {

    private static final Pattern WEIGHTS =
            Pattern.compile("(?i).*\\.(safetensors|safetensors\\.index\\.json|gguf|bin|bin\\.index\\.json|pt|pth)");

    private final Path path;
    private final String weights;
    private final FolderStorage folder;

    /** @param path of an existing file */
    OneWeightFile(Path path) {
        this.path = path;
        this.weights = path.getFileName().toString();
        this.folder = new FolderStorage(path.toAbsolutePath().resolveSibling(""));
    }

    @Override
    public String location() {
        return path.toString();
    }

    @Override
    public List<StoredFile> list() throws IOException {
        return folder.list().stream().filter(file -> isShown(file.name())).toList();
    }

    @Override
    public ByteSource open(String name) throws IOException {
        if (!isShown(name)) {
            throw new CheckpointException(Reason.MISSING, name, "expected only the weights of " + weights);
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

    private boolean isShown(String name) {
        return name.equals(weights) || !WEIGHTS.matcher(name).matches();
    }
}
