package dev.forebear.checkpoint.storage;

/** Bytes and requests spent on a storage. */
public record ReadTotals(long bytes, long requests) {}
