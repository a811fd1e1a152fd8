package dev.forebear.checkpoint.tokenizer;

import dev.forebear.checkpoint.storage.Storage;
import org.jspecify.annotations.Nullable;

/** Reads a tokenizer from a storage. */
final class TokenizerReader {

    private TokenizerReader() {}

    static @Nullable Tokenizer read(Storage storage) {
        return null;
    }
}
