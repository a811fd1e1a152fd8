package dev.forebear.checkpoint.storage;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/** Where a checkpoint lies, as people write it: a path, {@code file:} or {@code s3://bucket/prefix}. */
public sealed interface StorageLocation {

    /** A folder, or one weights file in it. */
    record Local(Path path) implements StorageLocation {}

    /**
     * Objects below a prefix, or one of them.
     *
     * @param prefix without slashes around it; empty for the whole bucket
     */
    record Bucket(String bucket, String prefix) implements StorageLocation {

        public Bucket {
            if (!BUCKET_NAME.matcher(bucket).matches()) {
                throw new IllegalArgumentException(
                        "bucket: expected 3 to 63 lower-case letters, digits, dots or hyphens, found " + bucket);
            }
        }
    }

    Pattern BUCKET_NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    /** @throws CheckpointException UNSUPPORTED for a scheme that is not known, MALFORMED when it is no location */
    static StorageLocation parse(String text) throws CheckpointException {
        String scheme = scheme(text);
        try {
            return switch (scheme) {
                case "" -> new Local(Path.of(text));
                case "file" -> new Local(Path.of(new URI(text)));
                case "s3" -> bucket(text);
                default ->
                    throw new CheckpointException(
                            Reason.UNSUPPORTED, text, "expected a path, file: or s3://, found " + scheme + "://");
            };
        } catch (URISyntaxException | IllegalArgumentException malformed) {
            throw new CheckpointException(
                    Reason.MALFORMED, text, "expected a location, found " + malformed.getMessage());
        }
    }

    private static StorageLocation bucket(String text) {
        String[] parts = text.substring("s3://".length()).split("/", 2);
        return new Bucket(parts[0], parts.length == 1 ? "" : parts[1].replaceAll("^/+|/+$", ""));
    }

    private static String scheme(String text) {
        int end = text.indexOf("://");
        if (end > 1 && text.substring(0, end).matches("[A-Za-z][A-Za-z0-9+.-]*")) {
            return text.substring(0, end).toLowerCase(Locale.ROOT);
        }
        return text.startsWith("file:") ? "file" : "";
    }
}
