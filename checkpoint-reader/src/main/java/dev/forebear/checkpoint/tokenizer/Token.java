package dev.forebear.checkpoint.tokenizer;

import java.util.HexFormat;

/**
 * A token as the bytes that it stands for, the same whatever alphabet its tokenizer writes them in. A leading space is
 * part of the bytes.
 *
 * @param id row of the embedding
 * @param key lower-case hex of the bytes, ready to be hashed or looked up
 */
public record Token(int id, String key) {

    public static Token of(int id, byte[] bytes) {
        return new Token(id, HexFormat.of().formatHex(bytes));
    }
}
