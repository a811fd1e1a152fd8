package dev.forebear.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A password, token or signing key: prints as {@code ***} and is compared in constant time. */
public final class Secret {

    /** Generous for any token or key in PEM form; a larger file is a wrong path. */
    private static final int MAX_FILE_BYTES = 64 * 1024;

    private final String value;

    private Secret(String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a secret must not be blank");
        }
        this.value = value;
    }

    /** @throws IllegalArgumentException when the value is blank */
    public static Secret of(String value) {
        return new Secret(value);
    }

    /**
     * Reads a secret from a UTF-8 file, as container platforms mount them; line ends at the end are left out.
     *
     * @throws IOException when the file cannot be read or is larger than 64 KiB
     * @throws IllegalArgumentException when the file is blank
     */
    public static Secret fromFile(Path file) throws IOException {
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_FILE_BYTES + 1);
        }
        if (bytes.length > MAX_FILE_BYTES) {
            throw new IOException(file + ": expected a secret of at most " + MAX_FILE_BYTES + " bytes, found more");
        }
        return new Secret(new String(bytes, StandardCharsets.UTF_8).replaceFirst("[\\r\\n]+$", ""));
    }

    /** The value in clear, for the one call that needs it. */
    public String reveal() {
        return value;
    }

    /** The value in clear as UTF-8. */
    public byte[] revealBytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the candidate is this secret; takes the same time wherever and by however much the two differ. */
    public boolean matches(String candidate) {
        return MessageDigest.isEqual(digest(value), digest(candidate));
    }

    // Comparing digests keeps the length of the secret out of the timing, too.
    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && matches(secret.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
