package dev.forebear.worker;

import dev.forebear.schemas.DeadLetterReason;
import dev.forebear.schemas.DeadLetters;
import dev.forebear.schemas.wire.Lane;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.ModelUploaded;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Makes one attempt at a task: analyses, decides whether to try again, publishes what came of it. */
final class UploadProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(UploadProcessor.class);

    private final Analyst analyst;
    private final RetryPolicy retries;
    private final DeadLetters deadLetters;
    private final Publisher publisher;
    private final WorkerMetrics metrics;
    private final Readings readings;
    private final InstantSource clock;

    UploadProcessor(
            Analyst analyst,
            RetryPolicy retries,
            DeadLetters deadLetters,
            Publisher publisher,
            WorkerMetrics metrics,
            Readings readings,
            InstantSource clock) {
        this.analyst = analyst;
        this.retries = retries;
        this.deadLetters = deadLetters;
        this.publisher = publisher;
        this.metrics = metrics;
        this.readings = readings;
        this.clock = clock;
    }

    /** The wait until the next attempt; empty when the task is finished. */
    Optional<Duration> attempt(UploadTask task) throws InterruptedException {
        try {
            return switch (task.content()) {
                case UploadTask.Upload(ModelUploaded uploaded) -> attempt(task, uploaded);
                case UploadTask.Undecodable(String reason) -> putAside(task, reason);
            };
        } catch (PublishException e) {
            LOG.atWarn()
                    .addKeyValue("upload", task.position())
                    .addKeyValue("problem", e.getMessage())
                    .log("could not publish, trying again");
            return Optional.of(retries.backoff(task.attempts(), RandomGenerator.getDefault()));
        }
    }

    private Optional<Duration> attempt(UploadTask task, ModelUploaded uploaded)
            throws PublishException, InterruptedException {
        Analysis result = task.result();
        if (result == null) {
            result = analyse(uploaded);
            metrics.attempted(result);
            Optional<Duration> delay = retryDelay(task, uploaded, result);
            if (task.abandoned() || delay.isPresent()) {
                return delay;
            }
            task.settle(result);
        }
        publish(task, uploaded, result);
        return Optional.empty();
    }

    private Analysis analyse(ModelUploaded uploaded) {
        try (var read = readings.fingerprint(uploaded.getModelVersionId())) {
            return analyst.analyse(uploaded.getLocation(), WeightContents.of(uploaded.getContents()), read);
        }
    }

    private Optional<Duration> retryDelay(UploadTask task, ModelUploaded uploaded, Analysis result) {
        if (task.abandoned() || !(result instanceof Analysis.NotAnalysed failed)) {
            return Optional.empty();
        }
        Optional<Duration> delay = retries.delay(
                failed.cause(), task.attempts(), waited(task, uploaded, failed.cause()), RandomGenerator.getDefault());
        delay.ifPresent(wait -> {
            metrics.retried(failed.cause());
            LOG.atInfo()
                    .addKeyValue("model", uploaded.getModelVersionId())
                    .addKeyValue("reason", failed.cause().word())
                    .addKeyValue("problem", failed.message())
                    .addKeyValue("attempt", task.attempts())
                    .addKeyValue("waitMillis", wait.toMillis())
                    .log("trying again");
        });
        return delay;
    }

    // The files of what a listing found had time to arrive since it was uploaded; thousands that are gone would keep
    // everything behind them waiting.
    private Duration waited(UploadTask task, ModelUploaded uploaded, Cause cause) {
        Duration tried = Duration.ofNanos(System.nanoTime() - task.firstAttemptNanos());
        Duration age = Duration.between(uploaded.getUploadedAt(), clock.instant());
        boolean listed = uploaded.getLane() == Lane.BULK && cause == Cause.MISSING;
        return listed && age.compareTo(tried) > 0 ? age : tried;
    }

    private void publish(UploadTask task, ModelUploaded uploaded, Analysis result)
            throws PublishException, InterruptedException {
        ModelFingerprint fingerprint = FingerprintRecords.of(uploaded, result, clock.instant());
        if (result instanceof Analysis.NotAnalysed failed) {
            publisher.publish(deadLetters.of(
                    task.record(),
                    failed.cause().deadLetterReason(),
                    failed.message(),
                    task.attempts(),
                    uploaded.getCorrelationId()));
        }
        publisher.publish(fingerprint, task.record().headers());
        metrics.finished(result);
        log(uploaded, result, task.attempts());
    }

    private Optional<Duration> putAside(UploadTask task, String reason) throws PublishException, InterruptedException {
        publisher.publish(deadLetters.of(task.record(), DeadLetterReason.UNDECODABLE, reason));
        metrics.undecodable();
        LOG.atWarn()
                .addKeyValue("upload", task.position())
                .addKeyValue("problem", reason)
                .log("upload put aside");
        return Optional.empty();
    }

    private static void log(ModelUploaded uploaded, Analysis result, int attempts) {
        Analysis.@Nullable NotAnalysed failed = result instanceof Analysis.NotAnalysed f ? f : null;
        var line = LOG.atLevel(failed == null ? Level.INFO : Level.WARN)
                .addKeyValue("model", uploaded.getModelVersionId())
                .addKeyValue("location", uploaded.getLocation());
        if (failed != null) {
            line = line.addKeyValue("reason", failed.cause().word()).addKeyValue("problem", failed.message());
        }
        line.addKeyValue("lane", uploaded.getLane())
                .addKeyValue("bytesRead", result.totals().bytes())
                .addKeyValue("requests", result.totals().requests())
                .addKeyValue("elapsedMillis", result.elapsed().toMillis())
                .addKeyValue("attempts", attempts)
                .addKeyValue("correlationId", uploaded.getCorrelationId())
                .log(
                        switch (result) {
                            case Analysis.Analysed ignored -> "model fingerprinted";
                            case Analysis.Copied ignored -> "model recognised by the digests of its weights";
                            case Analysis.NotAnalysed ignored -> "model not analysed";
                        });
    }
}
