package dev.forebear.checkpoint.zip;

/**
 * What the directory of an archive says about one entry.
 *
 * @param method 0 stored, 8 deflated
 * @param storedSize bytes in the archive
 * @param size bytes once inflated
 * @param header offset of the entry's own header, which comes before its data
 * @param end offset that header and data lie before: the next header, or the directory
 */
public record ZipEntry(String name, int method, long storedSize, long size, long header, long end) {

    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    /** Whether its bytes lie in the archive as they are. */
    public boolean isStored() {
        return method == STORED;
    }

    boolean isDeflated() {
        return method == DEFLATED;
    }

    ZipEntry endingBefore(long offset) {
        return new ZipEntry(name, method, storedSize, size, header, offset);
    }
}
