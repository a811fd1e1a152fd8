package dev.forebear.alerts;

import dev.forebear.alerts.delivery.DeliveryLog;
import dev.forebear.alerts.projection.AlertEntry;
import dev.forebear.alerts.projection.Projection;
import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.DeadLetterReason;
import dev.forebear.schemas.DeadLetters;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryException;
import dev.forebear.schemas.Topic;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.AlertDelivery;
import dev.forebear.schemas.wire.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes deliveries and their dead letters; each call returns when the broker has acknowledged, and waits out brokers
 * and registries that do not answer. What is written is applied to the projection at once. Thread-safe.
 */
final class DeliveryWriter implements DeliveryLog, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryWriter.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final KafkaConfig kafka;
    private final SchemaRegistryClient schemas;
    private final Projection projection;
    private final DeadLetters deadLetters = new DeadLetters("alerts-service", InstantSource.system());
    private final KafkaProducer<byte[], byte[]> producer;

    DeliveryWriter(KafkaConfig kafka, SchemaRegistryClient schemas, Projection projection) {
        this.kafka = kafka;
        this.schemas = schemas;
        this.projection = projection;
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, "forebear-alerts-deliveries");
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void record(AlertDelivery delivery) throws InterruptedException {
        send(record(Topics.ALERT_DELIVERIES, delivery.getAlertId(), delivery));
        projection.apply(delivery);
    }

    @Override
    public void giveUp(AlertEntry entry, String message, int attempts) throws InterruptedException {
        String id = entry.alert().getAlertId();
        String topic = kafka.topic(Topics.LINEAGE_ALERTS);
        var origin = new ConsumerRecord<>(
                topic,
                entry.partition(),
                entry.offset(),
                id.getBytes(StandardCharsets.UTF_8),
                record(Topics.LINEAGE_ALERTS, id, entry.alert()).value());
        String line = topic + "/" + entry.partition() + "@" + entry.offset() + ": " + id + ": " + message;
        putAside(deadLetters.of(
                origin,
                DeadLetterReason.EXHAUSTED,
                line,
                attempts,
                entry.alert().getCorrelationId()));
    }

    private void putAside(DeadLetter letter) throws InterruptedException {
        LOG.atWarn()
                .addKeyValue("reason", letter.getReason())
                .addKeyValue("message", letter.getMessage())
                .log("put aside");
        send(record(Topics.DEAD_LETTERS, DeadLetters.key(letter), letter));
    }

    private <V extends SpecificRecord> ProducerRecord<byte[], byte[]> record(Topic<V> topic, String key, V value)
            throws InterruptedException {
        String name = kafka.topic(topic);
        while (true) {
            try {
                byte[] bytes =
                        new AvroSerde<>(topic.type(), schemas).serializer().serialize(name, value);
                return new ProducerRecord<>(name, key.getBytes(StandardCharsets.UTF_8), bytes);
            } catch (SchemaRegistryException e) {
                waitOut(name, e);
            }
        }
    }

    private void send(ProducerRecord<byte[], byte[]> record) throws InterruptedException {
        while (true) {
            try {
                producer.send(record).get();
                return;
            } catch (InterruptException e) {
                // Kafka has set the interrupt again.
                Thread.interrupted();
                throw new InterruptedException("interrupted while writing to " + record.topic());
            } catch (ExecutionException | KafkaException e) {
                waitOut(record.topic(), e);
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
