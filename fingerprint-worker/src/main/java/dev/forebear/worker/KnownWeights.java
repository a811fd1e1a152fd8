package dev.forebear.worker;

import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryException;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.signals.Fingerprint;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where in {@code model-fingerprints} the fingerprint of which weight files lies. A thread of its own reads the topic
 * from its beginning and keeps a place for each set of digests, of the last so many; the record itself is fetched when
 * it is asked for. What it does not know, or finds compacted away, is read as any model. Safe for use by several
 * threads.
 */
final class KnownWeights implements Copies, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KnownWeights.class);

    /** About 100 MB when full. */
    private static final int PLACES_LIMIT = 250_000;

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration FETCH = Duration.ofSeconds(5);
    private static final int FETCH_BYTES = 128 << 10;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final String topic;
    private final AvroSerde<ModelFingerprint> serde;
    private final KafkaConsumer<byte[], byte[]> reader;
    private final KafkaConsumer<byte[], byte[]> fetcher;
    private final Map<String, Place> places;
    private final Thread thread;
    private volatile boolean open = true;

    /** Of a record in the topic. */
    private record Place(int partition, long offset) {}

    KnownWeights(KafkaConfig kafka, SchemaRegistryClient registry) {
        this(kafka, registry, PLACES_LIMIT);
    }

    KnownWeights(KafkaConfig kafka, SchemaRegistryClient registry, int limit) {
        this.topic = kafka.topic(Topics.MODEL_FINGERPRINTS);
        this.serde = new AvroSerde<>(ModelFingerprint.class, registry);
        this.places = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Place> eldest) {
                return size() > limit;
            }
        };
        this.reader = consumer(kafka, Map.of());
        this.fetcher = consumer(
                kafka,
                Map.of(
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        1,
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        FETCH_BYTES));
        this.thread = Thread.ofPlatform().daemon().name("known-weights").unstarted(this::run);
    }

    private static KafkaConsumer<byte[], byte[]> consumer(KafkaConfig kafka, Map<String, Object> settings) {
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.putAll(settings);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    void start() {
        thread.start();
    }

    /** Sets of weight files that are known. */
    int size() {
        synchronized (places) {
            return places.size();
        }
    }

    private void run() {
        try (reader) {
            List<TopicPartition> partitions = reader.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            while (open) {
                step();
            }
        } catch (WakeupException | InterruptException | InterruptedException e) {
            LOG.debug("known weights stopped");
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("copies are no longer recognised by their digests");
        }
    }

    private void step() throws InterruptedException {
        try {
            reader.poll(POLL).forEach(this::remember);
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.atDebug().addKeyValue("cause", e.getMessage()).log("known weights wait for the broker");
            Thread.sleep(PAUSE);
        }
    }

    private void remember(ConsumerRecord<byte[], byte[]> record) {
        ModelFingerprint model = decoded(record);
        String key = model == null ? null : key(model);
        if (key != null) {
            synchronized (places) {
                // Taken out first, so that it is the youngest again.
                places.remove(key);
                places.put(key, new Place(record.partition(), record.offset()));
            }
        }
    }

    /** Null for what cannot be decoded, now or ever: then its copies are read. */
    private @Nullable ModelFingerprint decoded(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.value() == null ? null : serde.deserializer().deserialize(topic, record.value());
        } catch (SerializationException | SchemaRegistryException undecodable) {
            return null;
        }
    }

    /** Null for what helps no copy: an adapter is fingerprinted with a base, which its copy may not have. */
    private static @Nullable String key(ModelFingerprint model) {
        boolean helps = model.getFingerprint() != null
                && model.getFingerprint().getAlgorithmVersion() == Fingerprint.ALGORITHM_VERSION
                && model.getAdapter() == null;
        return helps ? WeightContents.of(model.getContents()).key() : null;
    }

    @Override
    public Optional<ModelFingerprint> find(WeightContents contents) {
        String key = contents.key();
        Place place = place(key);
        if (key == null || place == null) {
            return Optional.empty();
        }
        try {
            ConsumerRecord<byte[], byte[]> record = fetch(place);
            return Optional.ofNullable(record == null ? null : decoded(record)).filter(model -> key.equals(key(model)));
        } catch (KafkaException e) {
            LOG.atDebug().addKeyValue("cause", e.getMessage()).log("a copy is read, its original could not be fetched");
            return Optional.empty();
        }
    }

    private @Nullable Place place(@Nullable String key) {
        synchronized (places) {
            return key == null ? null : places.get(key);
        }
    }

    /** Null when the record is no longer there. */
    private @Nullable ConsumerRecord<byte[], byte[]> fetch(Place place) {
        synchronized (fetcher) {
            var partition = new TopicPartition(topic, place.partition());
            fetcher.assign(List.of(partition));
            fetcher.seek(partition, place.offset());
            long deadline = System.nanoTime() + FETCH.toNanos();
            while (System.nanoTime() < deadline) {
                for (ConsumerRecord<byte[], byte[]> record : fetcher.poll(POLL)) {
                    return record.offset() == place.offset() ? record : null;
                }
            }
            return null;
        }
    }

    @Override
    public void close() {
        open = false;
        reader.wakeup();
        try {
            thread.join(CLOSE_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (fetcher) {
            fetcher.close();
        }
    }
}
