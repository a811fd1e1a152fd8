package dev.forebear.checkpoint.storage.oci;

/**
 * A file in a tar archive.
 *
 * @param start offset of its first byte in the archive
 * @param size in bytes
 */
record TarEntry(String name, long start, long size) {}
