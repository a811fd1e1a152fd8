package dev.forebear.checkpoint.storage;

/** Bytes and requests spent on a storage. */
public record ReadTotals(long bytes, long requests) {

    public ReadTotals plus(ReadTotals other) {
        return new ReadTotals(bytes + other.bytes, requests + other.requests);
    }
}
