package dev.forebear.ingest.reconcile;

import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryException;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.ListingProgress;
import dev.forebear.schemas.wire.ModelUploaded;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was announced and how far the listings are, read from the beginning of their topics and followed, on a thread of
 * its own.
 */
final class ListingTopics implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ListingTopics.class);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Nobody waits for this consumer: a broker that is away need not be asked more often. */
    private static final long RECONNECT_MILLIS = 1_000;

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final String uploadsTopic;
    private final AvroSerde<ModelUploaded> uploads;
    private final AvroSerde<ListingProgress> listings;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final KnownVersions known = new KnownVersions();
    private final Map<String, ListingProgress> progress = new ConcurrentHashMap<>();
    private final Queue<CompletableFuture<Boolean>> waiters = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean open = true;

    ListingTopics(KafkaConfig kafka, SchemaRegistryClient registry) {
        this.uploadsTopic = kafka.topic(Topics.MODEL_UPLOADS);
        this.uploads = new AvroSerde<>(ModelUploaded.class, registry);
        this.listings = new AvroSerde<>(ListingProgress.class, registry);
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.RECONNECT_BACKOFF_MS_CONFIG, RECONNECT_MILLIS);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "forebear-ingest-known");
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.partitions = Stream.of(uploadsTopic, kafka.topic(Topics.REGISTRY_LISTINGS))
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        this.thread = Thread.ofPlatform().name("known-versions").start(this::run);
    }

    /** What was announced, as far as it was read. */
    KnownVersions known() {
        return known;
    }

    /** How far a listing is, as far as it was read. */
    Optional<ListingProgress> progress(String key) {
        return Optional.ofNullable(progress.get(key));
    }

    /** Waits until everything is read that the topics hold now; false when that takes longer than the timeout. */
    boolean catchUp(Duration timeout) throws InterruptedException {
        var waiter = new CompletableFuture<Boolean>();
        waiters.add(waiter);
        try {
            return open && waiter.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } finally {
            waiters.remove(waiter);
        }
    }

    private void run() {
        try (consumer) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (open) {
                step();
            }
        } catch (InterruptException | InterruptedException e) {
            LOG.debug("known versions stopped");
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("known versions failed, registries are not listed any more");
        } finally {
            open = false;
        }
    }

    private void step() throws InterruptedException {
        List<CompletableFuture<Boolean>> asked = List.copyOf(waiters);
        try {
            Map<TopicPartition, Long> ends = asked.isEmpty() ? Map.of() : consumer.endOffsets(partitions);
            do {
                apply(consumer.poll(POLL));
            } while (open
                    && ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue()));
            asked.forEach(waiter -> waiter.complete(open));
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException | SchemaRegistryException e) {
            LOG.atWarn().addKeyValue("cause", e.getMessage()).log("known versions wait");
            Thread.sleep(PAUSE);
        }
    }

    private void apply(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                try {
                    apply(record);
                } catch (SchemaRegistryException e) {
                    // Everything may be applied twice.
                    records.partitions()
                            .forEach(p -> consumer.seek(
                                    p, records.records(p).getFirst().offset()));
                    throw e;
                } catch (SerializationException e) {
                    LOG.atWarn().addKeyValue("cause", e.getMessage()).log("undecodable record left out");
                }
            }
        }
    }

    private void apply(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        if (record.topic().equals(uploadsTopic)) {
            ModelUploaded upload = uploads.deserializer().deserialize(record.topic(), record.headers(), record.value());
            known.add(upload.getModelVersionId(), upload.getContentTag());
        } else {
            ListingProgress listing =
                    listings.deserializer().deserialize(record.topic(), record.headers(), record.value());
            progress.put(new String(record.key(), StandardCharsets.UTF_8), listing);
        }
    }

    @Override
    public void close() {
        open = false;
        try {
            if (!thread.join(CLOSE_TIMEOUT)) {
                thread.interrupt();
                thread.join(CLOSE_TIMEOUT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
