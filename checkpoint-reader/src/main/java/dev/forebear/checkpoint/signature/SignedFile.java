package dev.forebear.checkpoint.signature;

import java.util.List;

/**
 * A file that a signature lists.
 *
 * @param path within the model
 * @param size in bytes, where the signature tells it; else {@link #UNKNOWN}
 * @param ranges that cover it, in order; a single one for a file that was hashed as a whole
 */
record SignedFile(String path, long size, List<Range> ranges) {

    static final long UNKNOWN = -1;

    /** @param digest of the bytes from {@code start} to where the next range starts or the file ends */
    record Range(long start, String digest) {}

    SignedFile {
        ranges = List.copyOf(ranges);
    }

    static SignedFile whole(String path, String digest) {
        return new SignedFile(path, UNKNOWN, List.of(new Range(0, digest)));
    }

    boolean isWhole() {
        return ranges.size() == 1;
    }
}
