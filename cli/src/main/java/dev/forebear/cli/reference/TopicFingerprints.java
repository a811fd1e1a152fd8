package dev.forebear.cli.reference;

import dev.forebear.cli.reference.Models.Taker;
import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.TopicAdmin;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.WireConfig;
import dev.forebear.schemas.wire.ModelFingerprint;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The fingerprints of an instance as they are when they are first asked for. Where the last record of each model lies
 * is remembered, the records are not: they are read again whenever somebody goes through them.
 */
final class TopicFingerprints {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    private final WireConfig wire;
    private final Map<String, Long> lastOffsets = new HashMap<>();
    private Map<TopicPartition, Long> ends = Map.of();

    TopicFingerprints(WireConfig wire) {
        this.wire = wire;
    }

    /**
     * Takes the models that are wanted, in the order of partitions and offsets.
     *
     * @throws dev.forebear.schemas.TopicException when Kafka cannot be reached or has no topics of Forebear
     * @throws IOException when the instance falls silent, or forgot a record in the meantime
     */
    void forEach(Predicate<ModelFingerprint> wanted, Taker<ModelFingerprint> taker) throws IOException {
        if (ends.isEmpty()) {
            findLast();
        }
        long[] found = {0};
        try (var registry = new SchemaRegistryClient(wire.schemaRegistry())) {
            Deserializer<ModelFingerprint> models = new AvroSerde<>(ModelFingerprint.class, registry).deserializer();
            read((key, record) -> {
                Long last = lastOffsets.get(key);
                if (last == null || last != record.offset()) {
                    return;
                }
                found[0]++;
                ModelFingerprint model = decoded(record, models);
                if (model != null && wanted.test(model)) {
                    taker.take(model);
                }
            });
        }
        if (found[0] != lastOffsets.size()) {
            throw new IOException(
                    "%s: expected the fingerprints of %,d models, found %,d; others were written meanwhile, try again"
                            .formatted(wire.kafka().topic(Topics.MODEL_FINGERPRINTS), lastOffsets.size(), found[0]));
        }
    }

    /** Null for a record that nobody can decode; matchers put it aside. */
    private static @Nullable ModelFingerprint decoded(
            ConsumerRecord<String, byte[]> record, Deserializer<ModelFingerprint> models) {
        try {
            return models.deserialize(record.topic(), record.value());
        } catch (SerializationException undecodable) {
            return null;
        }
    }

    private void findLast() throws IOException {
        new TopicAdmin(wire.kafka()).partitions(Topics.MODEL_FINGERPRINTS);
        read((key, record) -> {
            if (record.value() == null) {
                lastOffsets.remove(key);
            } else {
                lastOffsets.put(key, record.offset());
            }
        });
    }

    /** Takes a record and its key. */
    private interface RecordTaker {
        void take(String key, ConsumerRecord<String, byte[]> record) throws IOException;
    }

    private void read(RecordTaker taker) throws IOException {
        try (var consumer = new KafkaConsumer<>(properties(), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(wire.kafka().topic(Topics.MODEL_FINGERPRINTS)).stream()
                            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            if (ends.isEmpty()) {
                ends = consumer.endOffsets(partitions);
            }
            long deadline = System.nanoTime() + LONGEST_SILENCE.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                var records = consumer.poll(POLL);
                if (!records.isEmpty()) {
                    deadline = System.nanoTime() + LONGEST_SILENCE.toNanos();
                } else if (System.nanoTime() - deadline > 0) {
                    throw new IOException("%s: expected its records up to the end, found none for %d s"
                            .formatted(wire.kafka().topic(Topics.MODEL_FINGERPRINTS), LONGEST_SILENCE.toSeconds()));
                }
                for (ConsumerRecord<String, byte[]> record : records) {
                    var partition = new TopicPartition(record.topic(), record.partition());
                    if (record.offset() < ends.getOrDefault(partition, 0L)) {
                        taker.take(record.key(), record);
                    }
                }
            }
        }
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>(wire.kafka().clientProperties());
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return properties;
    }
}
