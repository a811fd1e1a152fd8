package dev.forebear.worker;

import dev.forebear.schemas.wire.AdapterBase;
import dev.forebear.schemas.wire.ModelFingerprint;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Fingerprints an adapter again, together with the base that the registry turned out to hold. Whatever comes of it is
 * an answer; nothing that a store or a file holds makes it throw.
 */
final class AdapterFingerprinter {

    private final Analyst analyst;
    private final RetryPolicy retries;
    private final Readings readings;
    private final InstantSource clock;

    AdapterFingerprinter(Analyst analyst, RetryPolicy retries, Readings readings, InstantSource clock) {
        this.analyst = analyst;
        this.retries = retries;
        this.readings = readings;
        this.clock = clock;
    }

    /** @param adapter as published before, with the base that it is to be put on */
    ModelFingerprint onBase(ModelFingerprint adapter) throws InterruptedException {
        var base = Objects.requireNonNull(
                Objects.requireNonNull(adapter.getAdapter()).getBase());
        long startNanos = System.nanoTime();
        for (int attempt = 1; ; attempt++) {
            Analysis analysis = analyse(adapter, base);
            Optional<Duration> delay = analysis instanceof Analysis.NotAnalysed failed
                    ? retries.delay(
                            failed.cause(),
                            attempt,
                            Duration.ofNanos(System.nanoTime() - startNanos),
                            RandomGenerator.getDefault())
                    : Optional.empty();
            if (delay.isEmpty()) {
                return FingerprintRecords.onBase(adapter, analysis, clock.instant());
            }
            Thread.sleep(delay.get());
        }
    }

    private Analysis analyse(ModelFingerprint adapter, AdapterBase base) {
        try (var read = readings.fingerprint(adapter.getModelVersionId())) {
            return analyst.analyse(adapter.getLocation(), base.getLocation(), read);
        }
    }
}
