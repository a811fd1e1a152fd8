package dev.forebear.checkpoint.storage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the content of a file hashes to.
 *
 * @param hex lower-case digits, as many as the algorithm gives
 */
public record Digest(Algorithm algorithm, String hex) {

    private static final Pattern DIGITS = Pattern.compile("[0-9a-f]+");

    /** A way to hash content. */
    public enum Algorithm {
        SHA256("SHA-256", 64),
        SHA512("SHA-512", 128),
        /** How Git names a file: SHA-1 of its length and its content. */
        GIT_BLOB("SHA-1", 40);

        private final String standardName;
        private final int digits;

        Algorithm(String standardName, int digits) {
            this.standardName = standardName;
            this.digits = digits;
        }
    }

    public Digest {
        if (hex.length() != algorithm.digits || !DIGITS.matcher(hex).matches()) {
            throw new IllegalArgumentException("expected " + algorithm.digits + " lower-case hexadecimal digits of "
                    + algorithm + ", found '" + hex + "'");
        }
    }

    /** As OCI writes it, {@code sha256:...} or {@code sha512:...}; IllegalArgumentException for anything else. */
    public static Digest parse(String text) {
        if (text.startsWith("sha256:")) {
            return new Digest(Algorithm.SHA256, text.substring("sha256:".length()));
        }
        if (text.startsWith("sha512:")) {
            return new Digest(Algorithm.SHA512, text.substring("sha512:".length()));
        }
        throw new IllegalArgumentException("expected sha256:... or sha512:..., found '" + text + "'");
    }

    public static Digest of(Algorithm algorithm, byte[] content) {
        MessageDigest hash;
        try {
            hash = MessageDigest.getInstance(algorithm.standardName);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has " + algorithm.standardName, impossible);
        }
        if (algorithm == Algorithm.GIT_BLOB) {
            hash.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
        }
        return new Digest(algorithm, HexFormat.of().formatHex(hash.digest(content)));
    }

    public boolean matches(byte[] content) {
        return of(algorithm, content).equals(this);
    }

    /** The digits when it is of that algorithm; else null. */
    public @Nullable String sha256() {
        return algorithm == Algorithm.SHA256 ? hex : null;
    }

    /** As OCI writes it. */
    @Override
    public String toString() {
        return switch (algorithm) {
            case SHA256 -> "sha256:" + hex;
            case SHA512 -> "sha512:" + hex;
            case GIT_BLOB -> hex;
        };
    }
}
