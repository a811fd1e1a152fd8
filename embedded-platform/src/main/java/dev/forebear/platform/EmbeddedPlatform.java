package dev.forebear.platform;

import dev.forebear.platform.registry.EmbeddedSchemaRegistry;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Everything the services need around them, inside this JVM and on loopback: a Kafka broker, a schema registry and an
 * S3 endpoint. Their data lies in the folders {@code kafka} and {@code s3} and survives restarts and kills.
 */
public final class EmbeddedPlatform implements AutoCloseable {

    private final EmbeddedKafka kafka;
    private final EmbeddedSchemaRegistry registry;
    private final EmbeddedS3 s3;
    private final Deque<AutoCloseable> open;

    private EmbeddedPlatform(
            EmbeddedKafka kafka, EmbeddedSchemaRegistry registry, EmbeddedS3 s3, Deque<AutoCloseable> open) {
        this.kafka = kafka;
        this.registry = registry;
        this.s3 = s3;
        this.open = open;
    }

    /**
     * Starts all three and returns when they answer.
     *
     * @throws PlatformException when one cannot start; what had started is closed again
     */
    public static EmbeddedPlatform start(EmbeddedPlatformConfig config) {
        Deque<AutoCloseable> open = new ArrayDeque<>();
        try {
            DataFolder data = opened(open, DataFolder.take(config.data()));
            // S3 needs nothing of the broker: both start at once.
            try (ExecutorService starter = Executors.newSingleThreadExecutor()) {
                Future<EmbeddedS3> s3 = starter.submit(
                        () -> EmbeddedS3.start(data.s3(), config.s3Port(), config.s3AccessKey(), config.s3SecretKey()));
                EmbeddedKafka kafka;
                try {
                    kafka = opened(open, EmbeddedKafka.start(data.kafka(), config.kafkaPort()));
                } finally {
                    opened(open, await(s3));
                }
                EmbeddedSchemaRegistry registry = opened(open, startRegistry(kafka, config.schemaRegistryPort()));
                return new EmbeddedPlatform(kafka, registry, await(s3), open);
            }
        } catch (RuntimeException e) {
            close(open, e);
            throw e;
        }
    }

    /** {@code 127.0.0.1:port} of the broker. */
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    public URI schemaRegistryUrl() {
        return registry.url();
    }

    public URI s3Endpoint() {
        return s3.endpoint();
    }

    /** Makes the bucket when it does not exist. */
    public void createBucket(String name) {
        s3.createBucket(name);
    }

    /** Completes with the reason if the broker ever gives up, for example because the disk is full. */
    public CompletionStage<String> gaveUp() {
        return kafka.gaveUp();
    }

    @Override
    public void close() {
        PlatformException failure = new PlatformException("embedded platform: could not be closed in order", null);
        close(open, failure);
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }

    private static <T extends AutoCloseable> T opened(Deque<AutoCloseable> open, T part) {
        open.push(part);
        return part;
    }

    /** Closes in reverse order; what fails is added to the failure and does not keep the rest open. */
    private static void close(Deque<AutoCloseable> open, RuntimeException failure) {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                failure.addSuppressed(e);
            }
        }
    }

    private static EmbeddedSchemaRegistry startRegistry(EmbeddedKafka kafka, int port) {
        if (port != 0) {
            Loopback.requireFree("schema registry", port);
        }
        try {
            return EmbeddedSchemaRegistry.start(kafka.bootstrapServers(), port);
        } catch (RuntimeException e) {
            throw new PlatformException("schema registry: expected to start, found " + e.getMessage(), e);
        }
    }

    private static EmbeddedS3 await(Future<EmbeddedS3> s3) {
        try {
            return s3.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof PlatformException failure
                    ? failure
                    : new PlatformException("S3: expected to start, found " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("S3: interrupted while starting", e);
        }
    }
}
