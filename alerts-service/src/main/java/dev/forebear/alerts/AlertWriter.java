package dev.forebear.alerts;

import dev.forebear.alerts.readmodel.TopicFollower;
import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.DeadLetterReason;
import dev.forebear.schemas.DeadLetters;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryException;
import dev.forebear.schemas.Topic;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.AuditEntry;
import dev.forebear.schemas.wire.DeadLetter;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.PolicyVersion;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what was decided. Each call returns when the read model has applied what was written, and waits out brokers
 * and registries that do not answer. Thread-safe.
 */
final class AlertWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AlertWriter.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration FOLLOW_TIMEOUT = Duration.ofSeconds(30);
    /** Alerts of a storm share requests. */
    private static final int LINGER_MILLIS = 2;

    private final KafkaConfig kafka;
    private final TopicFollower follower;
    private final AlertCounter counter;
    private final DeadLetters deadLetters = new DeadLetters("alerts-service", InstantSource.system());
    private final Serializer<LineageAlert> alertSerializer;
    private final Serializer<AuditEntry> auditSerializer;
    private final Serializer<PolicyVersion> policySerializer;
    private final Serializer<DeadLetter> letterSerializer;
    private final KafkaProducer<byte[], byte[]> producer;

    AlertWriter(KafkaConfig kafka, SchemaRegistryClient schemas, TopicFollower follower, MeterRegistry meters) {
        this.kafka = kafka;
        this.alertSerializer = new AvroSerde<>(LineageAlert.class, schemas).serializer();
        this.auditSerializer = new AvroSerde<>(AuditEntry.class, schemas).serializer();
        this.policySerializer = new AvroSerde<>(PolicyVersion.class, schemas).serializer();
        this.letterSerializer = new AvroSerde<>(DeadLetter.class, schemas).serializer();
        this.follower = follower;
        this.counter = new AlertCounter(meters);
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, "forebear-alerts");
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Writes alerts, all at once. */
    void write(Collection<LineageAlert> alerts) throws InterruptedException {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(alerts.size());
        for (LineageAlert alert : alerts) {
            records.add(record(Topics.LINEAGE_ALERTS, alertSerializer, alert.getAlertId(), alert));
        }
        send(records);
        counter.count(alerts);
    }

    void audit(AuditEntry entry) throws InterruptedException {
        send(List.of(record(Topics.AUDIT_ENTRIES, auditSerializer, entry.getSubject(), entry)));
    }

    void write(PolicyVersion version) throws InterruptedException {
        send(List.of(record(Topics.POLICY_VERSIONS, policySerializer, version.getVersion(), version)));
    }

    /** Puts a record aside that cannot be processed. */
    void putAside(ConsumerRecord<byte[], byte[]> record, DeadLetterReason reason, String message)
            throws InterruptedException {
        String line = record.topic() + "/" + record.partition() + "@" + record.offset() + ": " + message;
        DeadLetter letter = deadLetters.of(record, reason, line);
        LOG.atWarn()
                .addKeyValue("reason", letter.getReason())
                .addKeyValue("message", letter.getMessage())
                .log("put aside");
        send(List.of(record(Topics.DEAD_LETTERS, letterSerializer, DeadLetters.key(letter), letter)));
    }

    /** Waits until the read model has applied a record. */
    void awaitApplied(String topic, int partition, long offset) throws InterruptedException {
        while (!follower.await(topic, partition, offset, FOLLOW_TIMEOUT)) {
            LOG.atWarn()
                    .addKeyValue("topic", topic)
                    .addKeyValue("partition", partition)
                    .addKeyValue("offset", offset)
                    .log("decisions wait for the read model");
            Thread.sleep(PAUSE);
        }
    }

    private <V extends SpecificRecord> ProducerRecord<byte[], byte[]> record(
            Topic<V> topic, Serializer<V> serializer, String key, V value) throws InterruptedException {
        String name = kafka.topic(topic);
        while (true) {
            try {
                return new ProducerRecord<>(
                        name, key.getBytes(StandardCharsets.UTF_8), serializer.serialize(name, value));
            } catch (SchemaRegistryException e) {
                waitOut(name, e);
            }
        }
    }

    /** Sends them together; returns when all of them are applied. */
    private void send(List<ProducerRecord<byte[], byte[]>> records) throws InterruptedException {
        var places = new TreeMap<Integer, RecordMetadata>();
        while (places.size() < records.size()) {
            sendMissing(records, places);
        }
        Map<Integer, Long> last = new HashMap<>();
        places.values().forEach(place -> last.merge(place.partition(), place.offset(), Math::max));
        for (Map.Entry<Integer, Long> end : last.entrySet()) {
            awaitApplied(records.getFirst().topic(), end.getKey(), end.getValue());
        }
    }

    private void sendMissing(List<ProducerRecord<byte[], byte[]>> records, Map<Integer, RecordMetadata> places)
            throws InterruptedException {
        Map<Integer, Future<RecordMetadata>> sent = new TreeMap<>();
        try {
            for (int i = 0; i < records.size(); i++) {
                if (!places.containsKey(i)) {
                    sent.put(i, producer.send(records.get(i)));
                }
            }
        } catch (InterruptException e) {
            // Kafka has set the interrupt again.
            Thread.interrupted();
            throw new InterruptedException("interrupted while writing");
        } catch (KafkaException e) {
            waitOut(records.getFirst().topic(), e);
        }
        for (Map.Entry<Integer, Future<RecordMetadata>> record : sent.entrySet()) {
            try {
                places.put(record.getKey(), record.getValue().get());
            } catch (ExecutionException e) {
                waitOut(records.getFirst().topic(), e);
            }
        }
    }

    private static void waitOut(String topic, Exception failure) throws InterruptedException {
        LOG.atWarn()
                .addKeyValue("topic", topic)
                .addKeyValue("cause", failure.getMessage())
                .log("write waits for the broker or the schema registry");
        Thread.sleep(PAUSE);
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}
