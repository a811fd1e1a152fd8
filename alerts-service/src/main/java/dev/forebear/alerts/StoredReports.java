package dev.forebear.alerts;

import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.LineageReport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads reports by their places, many at a time and in the order in which they lie, so that all of them cost little
 * more than reading the topic once. Used by one thread at a time.
 */
final class StoredReports implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(200);
    /** A gap of so many records is read over rather than sought across. */
    private static final int NEAR = 500;

    private static final int FETCHED_BYTES = 4 << 20;
    /** Requests on one connection wait for one another: a fetch that finds nothing ends soon. */
    private static final int FETCH_WAIT_MILLIS = 20;

    private final String topic;
    private final Deserializer<LineageReport> deserializer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deque<ConsumerRecord<byte[], byte[]>> fetched = new ArrayDeque<>();
    private @Nullable TopicPartition current;

    StoredReports(KafkaConfig kafka, SchemaRegistryClient schemas) {
        this.topic = kafka.topic(Topics.LINEAGE_REPORTS);
        this.deserializer = new AvroSerde<>(LineageReport.class, schemas).deserializer();
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCHED_BYTES);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "forebear-alerts-stored-reports");
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * The reports that lie there; what is no longer there or cannot be decoded is left out.
     *
     * @throws KafkaException when the broker does not answer
     * @throws dev.forebear.schemas.SchemaRegistryException when the registry could not be asked
     */
    Map<ReportPlace, LineageReport> at(Collection<ReportPlace> places) {
        Map<ReportPlace, LineageReport> reports = new LinkedHashMap<>();
        for (ReportPlace place : new TreeSet<>(places)) {
            ConsumerRecord<byte[], byte[]> record = record(place);
            if (record != null && record.value() != null) {
                try {
                    reports.put(place, deserializer.deserialize(topic, record.value()));
                } catch (SerializationException e) {
                    // It was put aside when it arrived.
                    continue;
                }
            }
        }
        return reports;
    }

    private @Nullable ConsumerRecord<byte[], byte[]> record(ReportPlace place) {
        TopicPartition partition = moveTo(place);
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            while (!fetched.isEmpty()) {
                if (fetched.getFirst().offset() > place.offset()) {
                    return null;
                }
                ConsumerRecord<byte[], byte[]> record = fetched.removeFirst();
                if (record.offset() == place.offset()) {
                    return record;
                }
            }
            if (consumer.position(partition) > place.offset()) {
                return null;
            }
            consumer.poll(POLL).forEach(fetched::add);
        }
        throw new KafkaException(topic + ": no report within " + TIMEOUT.toSeconds() + " s");
    }

    private TopicPartition moveTo(ReportPlace place) {
        var partition = new TopicPartition(topic, place.partition());
        boolean same = partition.equals(current);
        long next = !same
                ? 0
                : fetched.isEmpty()
                        ? consumer.position(partition)
                        : fetched.getFirst().offset();
        if (!same || place.offset() < next || place.offset() > next + NEAR) {
            fetched.clear();
            consumer.assign(List.of(partition));
            consumer.seek(partition, place.offset());
            current = partition;
        }
        return partition;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
