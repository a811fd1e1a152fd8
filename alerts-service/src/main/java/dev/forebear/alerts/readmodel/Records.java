package dev.forebear.alerts.readmodel;

import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Single records by their place in a topic: what is too large for the tables. Thread-safe; reads one at a time. */
public final class Records implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int FETCHED_BYTES = 128 << 10;
    /** Requests on one connection wait for one another: a fetch that finds nothing ends soon. */
    private static final int FETCH_WAIT_MILLIS = 20;

    private final KafkaConfig kafka;
    private final SchemaRegistryClient schemas;
    private final KafkaConsumer<byte[], byte[]> consumer;

    public Records(KafkaConfig kafka, SchemaRegistryClient schemas) {
        this.kafka = kafka;
        this.schemas = schemas;
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCHED_BYTES);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "forebear-alerts-records");
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * The record that lies there.
     *
     * @throws ReadModelException when it is no longer there, cannot be decoded, or the broker or the schema registry
     *     does not answer within seconds
     */
    public <V extends SpecificRecord> V at(Topic<V> topic, int partition, long offset) {
        String place = kafka.topic(topic) + "/" + partition + "@" + offset;
        try {
            byte[] value = fetch(new TopicPartition(kafka.topic(topic), partition), offset)
                    .orElseThrow(() -> new ReadModelException(place + ": no longer there", null));
            return new AvroSerde<>(topic.type(), schemas).deserializer().deserialize(kafka.topic(topic), value);
        } catch (OffsetOutOfRangeException e) {
            throw new ReadModelException(place + ": no longer there", e);
        } catch (KafkaException e) {
            throw new ReadModelException(place + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private synchronized Optional<byte[]> fetch(TopicPartition partition, long offset) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, offset);
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                return record.offset() == offset ? Optional.ofNullable(record.value()) : Optional.empty();
            }
            if (consumer.position(partition) > offset) {
                return Optional.empty();
            }
        }
        throw new KafkaException("no answer within " + TIMEOUT.toSeconds() + " s");
    }

    @Override
    public synchronized void close() {
        consumer.close();
    }
}
