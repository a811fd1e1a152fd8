package dev.forebear.checkpoint.storage;

/**
 * A file of a checkpoint.
 *
 * @param name relative name with forward slashes
 * @param size in bytes
 * @param revision changes whenever the content does: an ETag, or size and modification time of a local file
 */
public record StoredFile(String name, long size, String revision) {}
