package dev.forebear.checkpoint.storage;

import org.jspecify.annotations.Nullable;

/**
 * A file of a checkpoint.
 *
 * @param name relative name with forward slashes
 * @param size in bytes
 * @param revision changes whenever the content does: an ETag, or size and modification time of a local file
 * @param sha256 of the content in lower-case hexadecimal digits, where the store tells it without reading; else null
 */
public record StoredFile(
        String name, long size, String revision, @Nullable String sha256) {

    /** Of a store that tells no digests. */
    public StoredFile(String name, long size, String revision) {
        this(name, size, revision, null);
    }

    /** The same file seen from another folder. */
    StoredFile named(String other) {
        return new StoredFile(other, size, revision, sha256);
    }
}
