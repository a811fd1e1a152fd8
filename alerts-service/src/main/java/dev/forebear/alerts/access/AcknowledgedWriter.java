package dev.forebear.alerts.access;

import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryException;
import dev.forebear.schemas.Topic;
import io.javalin.http.ServiceUnavailableResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes records while somebody waits: a broker that does not answer in time is told, not waited out. Thread-safe. */
public final class AcknowledgedWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AcknowledgedWriter.class);
    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final KafkaConfig kafka;
    private final SchemaRegistryClient schemas;
    private final KafkaProducer<byte[], byte[]> producer;

    public AcknowledgedWriter(KafkaConfig kafka, SchemaRegistryClient schemas) {
        this.kafka = kafka;
        this.schemas = schemas;
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, "forebear-alerts-access");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) WITHIN.toMillis());
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) WITHIN.toMillis() / 2);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) WITHIN.toMillis());
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Writes a record; returns where it is when the broker has acknowledged it.
     *
     * @throws ServiceUnavailableResponse when it does not in time
     */
    <V extends SpecificRecord> RecordMetadata write(Topic<V> topic, String key, V value) {
        return write(topic, each -> key, List.of(value)).getFirst();
    }

    /**
     * Writes records; returns where they are, in their order, when the broker has acknowledged all of them. Some may be
     * written when it does not.
     *
     * @throws ServiceUnavailableResponse when it does not in time
     */
    public <V extends SpecificRecord> List<RecordMetadata> write(
            Topic<V> topic, Function<V, String> key, List<V> values) {
        try {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (V value : values) {
                sent.add(send(topic, key.apply(value), value));
            }
            List<RecordMetadata> written = new ArrayList<>();
            for (Future<RecordMetadata> each : sent) {
                written.add(each.get());
            }
            return written;
        } catch (ExecutionException | KafkaException | SchemaRegistryException e) {
            LOG.atWarn()
                    .addKeyValue("topic", topic.name())
                    .addKeyValue("cause", e.getMessage())
                    .log("what somebody asked for could not be written");
            throw new ServiceUnavailableResponse(topic.name() + " cannot be written now; try again later");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceUnavailableResponse("the service is stopping");
        }
    }

    /** Writes a record in the background; a failure is logged. */
    <V extends SpecificRecord> void writeLater(Topic<V> topic, String key, V value) {
        try {
            send(topic, key, value);
        } catch (KafkaException | SchemaRegistryException e) {
            lost(topic, key, e);
        }
    }

    private <V extends SpecificRecord> Future<RecordMetadata> send(Topic<V> topic, String key, V value) {
        String name = kafka.topic(topic);
        byte[] bytes = new AvroSerde<>(topic.type(), schemas).serializer().serialize(name, value);
        var record = new ProducerRecord<>(name, key.getBytes(StandardCharsets.UTF_8), bytes);
        return producer.send(record, (metadata, failure) -> {
            if (failure != null) {
                lost(topic, key, failure);
            }
        });
    }

    private static void lost(Topic<?> topic, String key, Exception failure) {
        LOG.atWarn()
                .addKeyValue("topic", topic.name())
                .addKeyValue("key", key)
                .addKeyValue("cause", failure.getMessage())
                .log("record could not be written");
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}
