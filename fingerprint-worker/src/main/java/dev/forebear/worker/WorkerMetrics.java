package dev.forebear.worker;

import dev.forebear.schemas.wire.Confirmation;
import dev.forebear.schemas.wire.Lane;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;

/** The meters of the worker. */
final class WorkerMetrics {

    private final MeterRegistry registry;
    private final Counter bytesRead;
    private final Counter requests;
    private final Counter copies;
    private final Timer analysis;
    private final Timer confirmation;

    WorkerMetrics(MeterRegistry registry, TaskBuffer buffer, Readings readings, KnownWeights known) {
        this.registry = registry;
        registry.gauge("forebear.worker.uploads.in.flight", buffer, TaskBuffer::size);
        for (Lane lane : Lane.values()) {
            Gauge.builder("forebear.worker.queue.length", buffer, tasks -> tasks.size(lane))
                    .description("Uploads of a lane that wait or are worked on")
                    .tag("lane", lane.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        Gauge.builder("forebear.worker.reads.in.progress", readings, Readings::size)
                .description("Models whose weights are read now, for a fingerprint or a confirmation")
                .register(registry);
        Gauge.builder("forebear.worker.known.weights", known, KnownWeights::size)
                .description("Sets of weight files that a copy is recognised by")
                .register(registry);
        this.requests = Counter.builder("forebear.worker.requests")
                .description("Reads of a range of a file and requests to a store, for fingerprints")
                .register(registry);
        this.bytesRead = Counter.builder("forebear.worker.bytes.read")
                .description("Bytes read from checkpoints")
                .baseUnit("bytes")
                .register(registry);
        this.copies = Counter.builder("forebear.worker.copies")
                .description("Models recognised by the digests of their weight files, without reading them")
                .register(registry);
        this.analysis = Timer.builder("forebear.worker.analysis")
                .description("Time of one attempt to read a checkpoint and make its fingerprint")
                .register(registry);
        this.confirmation = Timer.builder("forebear.worker.confirmation")
                .description("Time to hold the weights of a model against those of its relatives")
                .register(registry);
    }

    void confirmed(Confirmation answer) {
        bytesRead.increment(answer.getBytesRead());
        confirmation.record(Duration.ofMillis(answer.getElapsedMillis()));
    }

    void attempted(Analysis attempt) {
        bytesRead.increment(attempt.totals().bytes());
        requests.increment(attempt.totals().requests());
        analysis.record(attempt.elapsed());
    }

    void retried(Cause cause) {
        registry.counter("forebear.worker.retries", "cause", cause.word()).increment();
    }

    void finished(Analysis result) {
        if (result instanceof Analysis.Copied) {
            copies.increment();
        }
        finished(
                switch (result) {
                    case Analysis.Analysed analysed -> "analysed";
                    case Analysis.Copied copied -> "copied";
                    case Analysis.NotAnalysed failed -> failed.cause().word();
                });
    }

    void undecodable() {
        finished("undecodable");
    }

    private void finished(String outcome) {
        registry.counter("forebear.worker.uploads", "outcome", outcome).increment();
    }
}
