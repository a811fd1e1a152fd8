package dev.forebear.checkpoint;

import dev.forebear.checkpoint.storage.FolderStorage;
import java.io.IOException;
import java.nio.file.Path;

/** Trained tiny models that every module tests against. */
public final class Zoo {

    public static final Path FOLDER = Path.of("..", "zoo");

    private Zoo() {}

    public static Checkpoint open(String model) throws IOException {
        return Checkpoint.open(new FolderStorage(FOLDER.resolve(model)));
    }
}
