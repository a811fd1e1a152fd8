package dev.forebear.worker;

import dev.forebear.runtime.HealthCheck;
import dev.forebear.runtime.HttpListener;
import dev.forebear.runtime.Metrics;
import dev.forebear.runtime.ResourceStack;
import dev.forebear.runtime.ServiceProcess;
import dev.forebear.schemas.DeadLetters;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.TopicAdmin;
import dev.forebear.schemas.Topics;
import java.time.InstantSource;
import java.util.ArrayList;

/**
 * Reads the weights of every upload and publishes their fingerprint, and holds the weights of relatives against each
 * other.
 */
public final class WorkerService implements AutoCloseable {

    /** Name in logs, metrics and dead letters. */
    public static final String NAME = "fingerprint-worker";

    /** A backfill waits in its topic, not in memory. */
    private static final int BULK_SHARE = 4;

    private final ResourceStack resources;
    private final HttpListener listener;

    private WorkerService(ResourceStack resources, HttpListener listener) {
        this.resources = resources;
        this.listener = listener;
    }

    /**
     * Starts the worker; returns when its port is open and broker and schema registry have answered.
     *
     * @throws dev.forebear.schemas.TopicException when topics are missing or not as declared
     * @throws dev.forebear.schemas.SchemaRegistryException when a schema is refused or the registry does not answer
     */
    public static WorkerService start(WorkerConfig config) {
        var resources = new ResourceStack();
        try {
            return start(config, resources);
        } catch (RuntimeException e) {
            resources.close();
            throw e;
        }
    }

    private static WorkerService start(WorkerConfig config, ResourceStack resources) {
        var topics = new TopicAdmin(config.kafka());
        topics.verify();
        InstantSource clock = InstantSource.system();
        var registry = resources.add(new SchemaRegistryClient(config.schemaRegistry()));
        var publisher = resources.add(new Publisher(config.kafka(), registry));
        var metrics = resources.add(new Metrics(NAME));
        var buffer = new TaskBuffer(config.bufferedUploads(), config.bufferedUploads() / BULK_SHARE, config.workers());
        var readings = resources.add(new Readings(publisher::tell, clock));
        var known = resources.add(new KnownWeights(config.kafka(), registry));
        known.start();
        var workerMetrics = new WorkerMetrics(metrics.registry(), buffer, readings, known);
        var stores = new Stores(config.stores());
        var deadLetters = new DeadLetters(NAME, clock);
        var analyst = new Analyst(stores::open, known);
        var processor =
                new UploadProcessor(analyst, config.retries(), deadLetters, publisher, workerMetrics, readings, clock);
        var consumer = new UploadConsumer(config.kafka(), new UploadDecoder(registry), buffer);
        resources.add(new TaskThreads(config.workers(), buffer, processor, consumer::finished));
        resources.add(consumer);
        consumer.start();
        var confirmer = new Confirmer(stores::open, config.retries(), readings, clock);
        var adapters = new AdapterFingerprinter(analyst, config.retries(), readings, clock);
        var health = new ArrayList<HealthCheck>();
        health.add(new HealthCheck("uploads", consumer::problem));
        int confirmations = Math.min(config.workers(), topics.partitions(Topics.CONFIRMATION_REQUESTS));
        for (int number = 0; number < confirmations; number++) {
            var confirmation = resources.add(new ConfirmationConsumer(
                    number,
                    config.kafka(),
                    registry,
                    confirmer,
                    adapters,
                    deadLetters,
                    publisher,
                    config.retries(),
                    workerMetrics));
            confirmation.start();
            health.add(new HealthCheck("confirmations-" + number, confirmation::problem));
        }
        var listener = resources.add(HttpListener.start(
                config.listen(), HttpListener.DEFAULT_MAX_REQUEST_BYTES, metrics, health, routes -> {}));
        return new WorkerService(resources, listener);
    }

    /** Port of health and metrics. */
    public int port() {
        return listener.port();
    }

    /** Commits what is finished and abandons the rest, which is delivered again. */
    @Override
    public void close() {
        resources.close();
    }

    public static void main(String[] args) {
        ServiceProcess.run(NAME, WorkerConfig::fromEnvironment, WorkerService::start);
    }
}
