package dev.forebear.ingest.publication;

import dev.forebear.ingest.announcement.Announcement;
import dev.forebear.ingest.announcement.ModelChange;
import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.announcement.ObjectChange;
import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.DeadLetters;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.Topic;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.DeadLetter;
import dev.forebear.schemas.wire.ListingProgress;
import dev.forebear.schemas.wire.ModelChanged;
import dev.forebear.schemas.wire.ModelUploaded;
import dev.forebear.schemas.wire.ObjectChanged;
import dev.forebear.schemas.wire.RegistryStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Writes announcements and dead letters, every one acknowledged by all in-sync replicas. Thread-safe. */
public final class Publisher implements AutoCloseable {

    private final KafkaConfig config;
    private final KafkaProducer<String, byte[]> producer;
    private final AvroSerde<ModelUploaded> uploads;
    private final AvroSerde<ModelChanged> modelChanges;
    private final AvroSerde<ObjectChanged> objectChanges;
    private final AvroSerde<RegistryStatus> statuses;
    private final AvroSerde<ListingProgress> listings;
    private final AvroSerde<DeadLetter> deadLetters;

    /**
     * @param registry stays the caller's to close
     * @param deliveryTimeout how long the broker may take to acknowledge, and how long to find it
     */
    public Publisher(KafkaConfig config, SchemaRegistryClient registry, Duration deliveryTimeout) {
        this.config = config;
        this.producer = new KafkaProducer<>(
                producerProperties(config, deliveryTimeout), new StringSerializer(), new ByteArraySerializer());
        this.uploads = new AvroSerde<>(ModelUploaded.class, registry);
        this.modelChanges = new AvroSerde<>(ModelChanged.class, registry);
        this.objectChanges = new AvroSerde<>(ObjectChanged.class, registry);
        this.listings = new AvroSerde<>(ListingProgress.class, registry);
        this.statuses = new AvroSerde<>(RegistryStatus.class, registry);
        this.deadLetters = new AvroSerde<>(DeadLetter.class, registry);
    }

    private static Map<String, Object> producerProperties(KafkaConfig config, Duration deliveryTimeout) {
        int timeout = Math.toIntExact(deliveryTimeout.toMillis());
        Map<String, Object> properties = config.clientProperties();
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeout);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(1, timeout / 2));
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout);
        properties.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000);
        // An open connection is how readiness knows that the broker is there.
        properties.put(ProducerConfig.CONNECTIONS_MAX_IDLE_MS_CONFIG, -1L);
        return properties;
    }

    /**
     * Finds the broker and registers the schemas, so that the first webhook needs neither and a registry that refuses
     * them is noticed by who starts the service.
     */
    public void connect() {
        uploads.register(config.topic(Topics.MODEL_UPLOADS));
        modelChanges.register(config.topic(Topics.MODEL_CHANGES));
        objectChanges.register(config.topic(Topics.OBJECT_CHANGES));
        listings.register(config.topic(Topics.REGISTRY_LISTINGS));
        statuses.register(config.topic(Topics.REGISTRY_STATUS));
        deadLetters.register(config.topic(Topics.DEAD_LETTERS));
        producer.partitionsFor(config.topic(Topics.MODEL_UPLOADS));
    }

    /**
     * Sends an announcement to the topic of its kind; the future ends when the broker has it.
     *
     * @param traceParent that goes with it, or null
     */
    public Future<?> send(Announcement announcement, AnnouncementRecords as, @Nullable String traceParent)
            throws NotStoredException {
        String key = AnnouncementRecords.key(announcement);
        var record =
                switch (announcement) {
                    case ModelUpload upload -> record(Topics.MODEL_UPLOADS, uploads, key, as.of(upload));
                    case ModelChange change -> record(Topics.MODEL_CHANGES, modelChanges, key, as.of(change));
                    case ObjectChange change -> record(Topics.OBJECT_CHANGES, objectChanges, key, as.of(change));
                };
        header(record.headers(), "correlation-id", announcement.correlationId());
        if (traceParent != null) {
            header(record.headers(), "traceparent", traceParent);
        }
        return send(record);
    }

    /** Sends how a registry does; nobody waits for it. */
    public void tell(RegistryStatus status) {
        try {
            send(record(Topics.REGISTRY_STATUS, statuses, status.getRegistry() + " " + status.getInstance(), status));
        } catch (NotStoredException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Sends how far a listing is; the future ends when the broker has it. */
    public Future<?> send(ListingProgress progress) throws NotStoredException {
        return send(record(Topics.REGISTRY_LISTINGS, listings, key(progress), progress));
    }

    /** Key of a listing: its registry and its purpose. */
    public static String key(ListingProgress progress) {
        return progress.getRegistry() + " " + progress.getPurpose();
    }

    /** Sends a dead letter; the future ends when the broker has it. */
    public Future<?> send(DeadLetter letter) throws NotStoredException {
        return send(record(Topics.DEAD_LETTERS, deadLetters, DeadLetters.key(letter), letter));
    }

    /** Waits until the broker has everything. */
    public static void await(Iterable<Future<?>> sent) throws NotStoredException {
        for (Future<?> future : sent) {
            try {
                future.get();
            } catch (ExecutionException e) {
                throw new NotStoredException(String.valueOf(e.getCause()), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new NotStoredException("interrupted", e);
            }
        }
    }

    /** Empty while a broker is connected. */
    public Optional<String> problem() {
        boolean connected = producer.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("connection-count"))
                .anyMatch(metric -> metric.metricValue() instanceof Double count && count > 0);
        return connected ? Optional.empty() : Optional.of("no broker is connected");
    }

    @Override
    public void close() {
        producer.close();
    }

    private <V extends SpecificRecord> ProducerRecord<String, byte[]> record(
            Topic<V> topic, AvroSerde<V> serde, String key, V value) throws NotStoredException {
        String name = config.topic(topic);
        try {
            return new ProducerRecord<>(name, key, serde.serializer().serialize(name, value));
        } catch (RuntimeException e) {
            throw new NotStoredException("schema registry: " + e.getMessage(), e);
        }
    }

    private Future<?> send(ProducerRecord<String, byte[]> record) {
        try {
            return producer.send(record);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static void header(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
