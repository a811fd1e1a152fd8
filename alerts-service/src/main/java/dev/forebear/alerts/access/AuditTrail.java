package dev.forebear.alerts.access;

import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryException;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.AuditEntry;
import io.javalin.http.ServiceUnavailableResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what people and machines do or try, other than acting on alerts. Write the entry before what it tells of:
 * a trail that says more than happened is better than one that says less. Thread-safe.
 */
public final class AuditTrail implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
    /** Somebody waits for an answer meanwhile. */
    private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final String topic;
    private final InstantSource clock = InstantSource.system();
    private final SortableId ids = new SortableId(clock);
    private final Serializer<AuditEntry> serializer;
    private final KafkaProducer<byte[], byte[]> producer;

    public AuditTrail(KafkaConfig kafka, SchemaRegistryClient schemas) {
        this.topic = kafka.topic(Topics.AUDIT_ENTRIES);
        this.serializer = new AvroSerde<>(AuditEntry.class, schemas).serializer();
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, "forebear-alerts-audit");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) WRITE_TIMEOUT.toMillis());
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) WRITE_TIMEOUT.toMillis() / 2);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) WRITE_TIMEOUT.toMillis());
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Notes what somebody does.
     *
     * @param action a noun and a verb, for example {@code exception.granted}
     * @param subject what it is done to: an identity
     * @param detail one line without secrets, or null
     * @throws ServiceUnavailableResponse when the broker does not acknowledge it in time: then let it be
     */
    public void write(Caller by, String action, String subject, @Nullable String detail) {
        write(entry(by.name(), action, subject, by.via())
                .setRole(by.role())
                .setDetail(detail)
                .setAddress(by.address())
                .build());
    }

    /**
     * Writes an entry; returns when the broker has acknowledged it.
     *
     * @throws ServiceUnavailableResponse when it does not in time
     */
    public void write(AuditEntry entry) {
        try {
            producer.send(record(entry)).get();
        } catch (ExecutionException | KafkaException | SchemaRegistryException e) {
            LOG.atWarn()
                    .addKeyValue("action", entry.getAction())
                    .addKeyValue("cause", e.getMessage())
                    .log("audit entry could not be written");
            throw new ServiceUnavailableResponse("the audit trail cannot be written now; try again later");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceUnavailableResponse("the service is stopping");
        }
    }

    /** Writes an entry in the background; a failure is logged. For refusals, which must not hold anybody up. */
    void writeLater(AuditEntry entry) {
        try {
            producer.send(record(entry), (metadata, failure) -> {
                if (failure != null) {
                    lost(entry, failure);
                }
            });
        } catch (KafkaException | SchemaRegistryException e) {
            lost(entry, e);
        }
    }

    /** An entry that happens now. */
    AuditEntry.Builder entry(String author, String action, String subject, String via) {
        return AuditEntry.newBuilder()
                .setEntryId(ids.next())
                .setAuthor(author)
                .setAction(action)
                .setSubject(subject)
                .setVia(via)
                .setAt(clock.instant());
    }

    private ProducerRecord<byte[], byte[]> record(AuditEntry entry) {
        byte[] value = serializer.serialize(topic, entry);
        if (value == null) {
            throw new SerializationException("an entry is never null");
        }
        return new ProducerRecord<>(topic, entry.getSubject().getBytes(StandardCharsets.UTF_8), value);
    }

    private static void lost(AuditEntry entry, Exception failure) {
        LOG.atWarn()
                .addKeyValue("action", entry.getAction())
                .addKeyValue("subject", entry.getSubject())
                .addKeyValue("cause", failure.getMessage())
                .log("audit entry could not be written");
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}
