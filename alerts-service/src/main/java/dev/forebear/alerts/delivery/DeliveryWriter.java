package dev.forebear.alerts.delivery;

import dev.forebear.alerts.readmodel.TopicFollower;
import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.DeadLetterReason;
import dev.forebear.schemas.DeadLetters;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryException;
import dev.forebear.schemas.Topic;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.AlertAction;
import dev.forebear.schemas.wire.AlertDelivery;
import dev.forebear.schemas.wire.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes attempts down. Each call returns when the broker has acknowledged and the read model knows, and waits out
 * brokers and registries that do not answer: a channel is told nothing more before what it was told is safe.
 * Thread-safe.
 */
public final class DeliveryWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryWriter.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration READ_BACK = Duration.ofSeconds(10);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final KafkaConfig kafka;
    private final SchemaRegistryClient schemas;
    private final TopicFollower follower;
    private final DeadLetters deadLetters = new DeadLetters("alerts-service", InstantSource.system());
    private final KafkaProducer<byte[], byte[]> producer;

    public DeliveryWriter(KafkaConfig kafka, SchemaRegistryClient schemas, TopicFollower follower) {
        this.kafka = kafka;
        this.schemas = schemas;
        this.follower = follower;
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, "forebear-alerts-deliveries");
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Writes an attempt down. */
    void record(AlertDelivery delivery) throws InterruptedException {
        readBack(send(record(Topics.ALERT_DELIVERIES, delivery.getChannel(), delivery)));
    }

    /** Writes down that a message was given up, and puts it aside. */
    void giveUp(AlertDelivery delivery) throws InterruptedException {
        ProducerRecord<byte[], byte[]> record = record(Topics.ALERT_DELIVERIES, delivery.getChannel(), delivery);
        RecordMetadata place = send(record);
        var origin =
                new ConsumerRecord<>(place.topic(), place.partition(), place.offset(), record.key(), record.value());
        DeadLetter letter = deadLetters.of(
                origin,
                DeadLetterReason.EXHAUSTED,
                place + ": channel " + delivery.getChannel() + " was not told of "
                        + delivery.getTells().size() + " alerts: " + delivery.getDetail(),
                delivery.getAttempt(),
                null);
        write(Topics.DEAD_LETTERS, DeadLetters.key(letter), letter);
        readBack(place);
    }

    /** Writes a record; returns when the broker has acknowledged. */
    <V extends SpecificRecord> void write(Topic<V> topic, String key, V value) throws InterruptedException {
        send(record(topic, key, value));
    }

    /** Writes what somebody did, all at once; returns when the broker has acknowledged. */
    void act(List<AlertAction> actions) throws InterruptedException {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (AlertAction action : actions) {
            records.add(record(Topics.ALERT_ACTIONS, action.getAlertId(), action));
        }
        // What was not acknowledged is sent again; an action that comes twice changes nothing the second time.
        List<Future<RecordMetadata>> sent = records.stream().map(producer::send).toList();
        for (int i = 0; i < sent.size(); i++) {
            try {
                sent.get(i).get();
            } catch (ExecutionException e) {
                waitOut(records.get(i).topic(), e);
                send(records.get(i));
            }
        }
    }

    private void readBack(RecordMetadata place) throws InterruptedException {
        while (!follower.await(place.topic(), place.partition(), place.offset(), READ_BACK)) {
            LOG.atWarn()
                    .addKeyValue("topic", place.topic())
                    .addKeyValue("problem", follower.problem().orElse("none"))
                    .log("delivery waits for the read model");
            Thread.sleep(PAUSE);
        }
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

    private RecordMetadata send(ProducerRecord<byte[], byte[]> record) throws InterruptedException {
        while (true) {
            try {
                return producer.send(record).get();
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
                .log("delivery waits for the broker or the schema registry");
        Thread.sleep(PAUSE);
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}
