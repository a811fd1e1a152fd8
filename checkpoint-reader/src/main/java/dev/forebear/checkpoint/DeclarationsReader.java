package dev.forebear.checkpoint;

import dev.forebear.checkpoint.storage.Storage;
import java.io.IOException;
import java.util.List;

/** Reads declarations from a storage. */
final class DeclarationsReader {

    private DeclarationsReader() {}

    static Declarations read(Storage storage) throws IOException {
        return new Declarations(null, null, List.of());
    }
}
