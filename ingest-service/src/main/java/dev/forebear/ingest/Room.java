package dev.forebear.ingest;

import java.util.concurrent.Semaphore;

/** Memory for the bodies of all requests under way, so that a burst is put off rather than taken in. Thread-safe. */
final class Room {

    /** What a request costs beside its body. */
    private static final int LEAST_BYTES = 4 << 10;

    private final int largest;
    private final Semaphore bytes;

    /**
     * @param total bytes in all
     * @param largest bytes of one body; so much is kept for one whose size is not told
     */
    Room(int total, int largest) {
        this.bytes = new Semaphore(total);
        this.largest = largest;
    }

    /**
     * Keeps room for a body.
     *
     * @param length as the request tells it; negative when it does not
     * @return what was kept, to be given back; zero when there is no room
     */
    int keep(long length) {
        int needed = length < 0 ? largest : (int) Math.min(largest, Math.max(LEAST_BYTES, length));
        return bytes.tryAcquire(needed) ? needed : 0;
    }

    void giveBack(int kept) {
        bytes.release(kept);
    }
}
