package dev.forebear.cli.fingerprint;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.storage.ReadTotals;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.Progress;
import dev.forebear.signals.Fingerprint;
import dev.forebear.signals.Fingerprinter;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A fingerprint made here and now.
 *
 * @param location of the checkpoint
 * @param totals bytes and requests that it cost
 * @param elapsed time that it took
 */
public record LocalFingerprint(String location, Fingerprint fingerprint, ReadTotals totals, Duration elapsed) {

    /**
     * Makes the fingerprint and shows how it goes on.
     *
     * @throws dev.forebear.checkpoint.CheckpointException when the checkpoint itself is to blame
     * @throws IOException when the storage cannot be reached
     */
    public static LocalFingerprint of(Checkpoint checkpoint, Console console) throws IOException {
        long start = System.nanoTime();
        var done = new AtomicLong();
        var total = new AtomicLong(Progress.UNKNOWN);
        try (Progress progress = console.progress("Fingerprinting " + checkpoint.location(), done::get, total::get)) {
            Fingerprint fingerprint = Fingerprinter.fingerprint(checkpoint, (bytes, planned) -> {
                done.set(bytes);
                total.set(planned);
            });
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            return new LocalFingerprint(checkpoint.location(), fingerprint, checkpoint.totals(), elapsed);
        }
    }
}
