package dev.forebear.checkpoint.tar;

/**
 * A file in a tar archive.
 *
 * @param start offset of its first byte in the archive
 * @param size in bytes
 */
public record TarEntry(String name, long start, long size) {}
