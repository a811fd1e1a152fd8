package dev.forebear.checkpoint.declaration;

import dev.forebear.checkpoint.storage.Digest;
import dev.forebear.checkpoint.storage.Digest.Algorithm;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Digests that declarations pin bases to. */
final class Digests {

    private Digests() {}

    /** As OCI writes it; null for what is none. */
    static @Nullable String sha256(@Nullable String hex) {
        try {
            return hex == null ? null : new Digest(Algorithm.SHA256, hex.toLowerCase(Locale.ROOT)).toString();
        } catch (IllegalArgumentException noDigest) {
            return null;
        }
    }

    /** As it stands; null for what is none. */
    static @Nullable String parse(@Nullable String text) {
        try {
            return text == null
                    ? null
                    : Digest.parse(text.toLowerCase(Locale.ROOT)).toString();
        } catch (IllegalArgumentException noDigest) {
            return null;
        }
    }
}
