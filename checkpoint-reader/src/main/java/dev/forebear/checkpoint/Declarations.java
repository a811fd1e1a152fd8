package dev.forebear.checkpoint;

import dev.forebear.checkpoint.storage.Storage;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint declares about its ancestry, readable also when its weights are not.
 *
 * @param card front matter of README.md, and what a GGUF file says of its origin; null without either or when it is not
 *     safe to read
 * @param adapterBase base named by adapter_config.json; null without one or when it is a local path
 * @param findings what was wrong with the files, one line each
 */
public record Declarations(
        @Nullable ModelCard card, @Nullable String adapterBase, List<String> findings) {

    public Declarations {
        findings = List.copyOf(findings);
    }

    /** @throws IOException if the storage could not be reached; what the files hold never makes this fail */
    public static Declarations read(Storage storage) throws IOException {
        return DeclarationsReader.read(storage, () -> WeightFormats.whole(storage));
    }
}
