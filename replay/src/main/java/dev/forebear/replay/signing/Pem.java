package dev.forebear.replay.signing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.util.Base64;

/** A key in a file, as {@code -----BEGIN ...-----}, base64, {@code -----END ...-----}. */
final class Pem {

    private static final long LARGEST_BYTES = 64 * 1024;

    private Pem() {}

    /** Makes a key of what lies between the lines. */
    interface Decoding<K extends Key> {
        K decode(KeyFactory keys, byte[] encoded) throws GeneralSecurityException;
    }

    /**
     * @param label what the file has to hold: {@code PRIVATE KEY} or {@code PUBLIC KEY}
     * @throws UnusableKey when it holds anything else; the message never holds any of the key
     */
    static <K extends Key> KeyAndKind<K> read(Path file, String label, Decoding<K> decoding) throws IOException {
        byte[] encoded = between(file, label);
        for (KeyKind kind : KeyKind.values()) {
            try {
                K key = decoding.decode(KeyFactory.getInstance(kind.keyAlgorithm()), encoded);
                if (kind.fits(key)) {
                    return new KeyAndKind<>(key, kind);
                }
            } catch (GeneralSecurityException ofAnotherKind) {
                continue;
            }
        }
        throw new UnusableKey(file + ": expected a key of Ed25519 or of ECDSA with P-256, found another");
    }

    private static byte[] between(Path file, String label) throws IOException {
        if (Files.size(file) > LARGEST_BYTES) {
            throw new UnusableKey(
                    file + ": expected a key in PEM of at most " + LARGEST_BYTES + " bytes, found " + Files.size(file));
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        String begin = "-----BEGIN " + label + "-----";
        int start = text.indexOf(begin);
        int end = text.indexOf("-----END " + label + "-----");
        if (start < 0 || end < start) {
            throw new UnusableKey(file + ": expected a line " + begin + ", found " + heading(text));
        }
        try {
            return Base64.getMimeDecoder().decode(text.substring(start + begin.length(), end));
        } catch (IllegalArgumentException broken) {
            throw new UnusableKey(file + ": expected base64 after " + begin + ", found something else");
        }
    }

    private static String heading(String text) {
        return text.lines()
                .filter(line -> line.matches("-----BEGIN [A-Z0-9 ]+-----"))
                .findFirst()
                .orElse("no such line");
    }

    record KeyAndKind<K extends Key>(K key, KeyKind kind) {}
}
