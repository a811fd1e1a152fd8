package dev.forebear.checkpoint.tokenizer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The alphabet in which byte-level tokenizers write bytes: printable Latin-1 characters stand for themselves, the other
 * bytes, in order, for the characters from U+0100 on. So a space is Ġ and a line feed Ċ.
 */
final class ByteAlphabet {

    private static final char[] CHARACTERS = new char[256];
    private static final short[] BYTES = new short[512];

    static {
        Arrays.fill(BYTES, (short) -1);
        char next = 0x100;
        for (int value = 0; value < 256; value++) {
            boolean itself = value >= '!' && value <= '~' || value >= 0xa1 && value <= 0xff && value != 0xad;
            CHARACTERS[value] = itself ? (char) value : next++;
            BYTES[CHARACTERS[value]] = (short) value;
        }
    }

    private ByteAlphabet() {}

    /** A text, written in the alphabet; a text too long to be one stays as it is. */
    static String write(String text) {
        if (text.length() > FilePattern.TEXT_LIMIT) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var written = new StringBuilder(bytes.length);
        for (byte value : bytes) {
            written.append(CHARACTERS[Byte.toUnsignedInt(value)]);
        }
        return written.toString();
    }

    /** The bytes that a token stands for; its UTF-8 when it holds characters outside the alphabet. */
    static byte[] read(String token) {
        var bytes = new ByteArrayOutputStream(token.length());
        for (int i = 0; i < token.length(); i++) {
            char character = token.charAt(i);
            if (character >= BYTES.length || BYTES[character] < 0) {
                return token.getBytes(StandardCharsets.UTF_8);
            }
            bytes.write(BYTES[character]);
        }
        return bytes.toByteArray();
    }
}
