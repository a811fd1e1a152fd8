package dev.forebear.alerts.api;

import dev.forebear.alerts.readmodel.ReadModel;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Lets those wait who want to see what they wrote. Thread-safe. */
final class Changes {

    /** A change may be told before somebody begins to wait for it. */
    private static final long LOOK_EVERY_MILLIS = 100;

    private final Object changed = new Object();

    Changes(ReadModel model) {
        model.onChange(topics -> {
            synchronized (changed) {
                changed.notifyAll();
            }
        });
    }

    /** Waits until something is so; false when it is not within the time, or the thread is interrupted. */
    boolean await(BooleanSupplier so, Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() >= deadline) {
                return false;
            }
            try {
                synchronized (changed) {
                    changed.wait(LOOK_EVERY_MILLIS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
