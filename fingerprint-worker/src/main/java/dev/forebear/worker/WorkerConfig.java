package dev.forebear.worker;

import dev.forebear.runtime.Environment;
import dev.forebear.runtime.ListenAddress;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryConfig;
import dev.forebear.schemas.WireConfig;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Settings of the worker.
 *
 * @param listen where health and metrics are served
 * @param stores where weights may be read from
 * @param workers uploads read at once, and as many confirmations
 * @param bufferedUploads interactive uploads taken in at once; a quarter as many bulk uploads come on top
 * @param retries when a failed checkpoint is tried again
 */
public record WorkerConfig(
        KafkaConfig kafka,
        SchemaRegistryConfig schemaRegistry,
        ListenAddress listen,
        StoresConfig stores,
        int workers,
        int bufferedUploads,
        RetryPolicy retries) {

    private static final ListenAddress DEFAULT_LISTEN = new ListenAddress("127.0.0.1", 8091);
    private static final int MAX_WORKERS = 256;
    private static final int DEFAULT_BUFFERED_UPLOADS = 1_000;
    private static final int MIN_BUFFERED_UPLOADS = 4;
    private static final int MAX_BUFFERED_UPLOADS = 100_000;

    public WorkerConfig {
        if (workers < 1 || workers > MAX_WORKERS) {
            throw new IllegalArgumentException(
                    "workers: expected a number from 1 to " + MAX_WORKERS + ", found " + workers);
        }
        if (bufferedUploads < MIN_BUFFERED_UPLOADS || bufferedUploads > MAX_BUFFERED_UPLOADS) {
            throw new IllegalArgumentException("buffered uploads: expected a number from " + MIN_BUFFERED_UPLOADS
                    + " to " + MAX_BUFFERED_UPLOADS + ", found " + bufferedUploads);
        }
    }

    /** Defaults for everything but addresses and stores. */
    public static WorkerConfig of(
            KafkaConfig kafka, SchemaRegistryConfig schemaRegistry, ListenAddress listen, StoresConfig stores) {
        return new WorkerConfig(
                kafka,
                schemaRegistry,
                listen,
                stores,
                availableWorkers(),
                DEFAULT_BUFFERED_UPLOADS,
                RetryPolicy.DEFAULT);
    }

    /** Reads the variables; problems are noted in the environment. */
    public static WorkerConfig fromEnvironment(Environment environment) {
        WireConfig wire = WireConfig.read(environment::optional, environment::secretText, environment::problem);
        RetryPolicy retries = RetryPolicy.DEFAULT;
        Duration deadline = environment.duration("FOREBEAR_RETRY_DEADLINE", retries.deadline());
        Duration grace = environment.duration("FOREBEAR_ARRIVAL_GRACE", retries.arrivalGrace());
        return new WorkerConfig(
                wire.kafka(),
                wire.schemaRegistry(),
                environment.listenAddress("FOREBEAR_LISTEN", DEFAULT_LISTEN),
                StoresConfig.fromEnvironment(environment),
                environment.integer("FOREBEAR_WORKERS", availableWorkers(), 1, MAX_WORKERS),
                environment.integer(
                        "FOREBEAR_BUFFERED_UPLOADS",
                        DEFAULT_BUFFERED_UPLOADS,
                        MIN_BUFFERED_UPLOADS,
                        MAX_BUFFERED_UPLOADS),
                new RetryPolicy(retries.firstDelay(), retries.longestDelay(), deadline, grace));
    }

    private static int availableWorkers() {
        return Math.min(
                MAX_WORKERS, ManagementFactory.getOperatingSystemMXBean().getAvailableProcessors());
    }
}
