package dev.forebear.ingest.announcement;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a registry tells of the bytes of a model before anything is read.
 *
 * @param files those of which it tells a digest; often none
 * @param tag changes when the bytes under the same version change: an entity tag, a digest; null where a version never
 *     changes
 */
public record Content(List<FileDigest> files, @Nullable String tag) {

    /** Nothing is told, and the version never changes. */
    public static final Content UNTOLD = new Content(List.of(), null);

    public Content {
        files = List.copyOf(files);
    }

    /** A version whose bytes may change, of which nothing but the tag is told. */
    public static Content tagged(String tag) {
        return new Content(List.of(), tag);
    }

    /**
     * Digest of one file.
     *
     * @param path within the model
     * @param sha256 64 hexadecimal digits in lower case
     * @param size in bytes; null when not told
     */
    public record FileDigest(
            String path, String sha256, @Nullable Long size) {

        private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

        public FileDigest {
            if (!isSha256(sha256)) {
                throw new IllegalArgumentException(
                        path + ": expected a SHA-256 of 64 hexadecimal digits in lower case, found '" + sha256 + "'");
            }
        }

        static boolean isSha256(String text) {
            return SHA256.matcher(text).matches();
        }
    }
}
