package dev.forebear.checkpoint;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Something that is read when it is first asked for, and then remembered: what was found, or why it cannot be read. A
 * failure of the world is not remembered. Safe for use by several threads.
 */
final class Once<T> {

    private final Reading<T> reading;
    private boolean read;
    private @Nullable T found;
    private @Nullable CheckpointException failure;

    /** Reads it; null when there is none. */
    interface Reading<T> {
        @Nullable
        T read() throws IOException;
    }

    Once(Reading<T> reading) {
        this.reading = reading;
    }

    /** Null when there is none. */
    synchronized @Nullable T orNull() throws IOException {
        if (!read) {
            try {
                found = reading.read();
            } catch (CheckpointException unreadable) {
                failure = unreadable;
            }
            read = true;
        }
        if (failure != null) {
            throw failure;
        }
        return found;
    }

    /** Of what is there whenever it can be read. */
    T get() throws IOException {
        T present = orNull();
        if (present == null) {
            throw new IllegalStateException("expected something that was read, found nothing");
        }
        return present;
    }
}
