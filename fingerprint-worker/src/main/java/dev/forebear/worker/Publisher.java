package dev.forebear.worker;

import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.DeadLetters;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryException;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.Confirmation;
import dev.forebear.schemas.wire.DeadLetter;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.ReadInProgress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Writes fingerprints, confirmations, dead letters and how far reads have come. Safe for use by several threads. */
final class Publisher implements AutoCloseable {

    /** W3C Trace Context: whoever traced the upload finds its fingerprint in the same trace. */
    private static final List<String> TRACE_HEADERS = List.of("traceparent", "tracestate");

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final String fingerprintTopic;
    private final String confirmationTopic;
    private final String deadLetterTopic;
    private final String readTopic;
    private final Serializer<ModelFingerprint> fingerprintSerializer;
    private final Serializer<Confirmation> confirmationSerializer;
    private final Serializer<DeadLetter> deadLetterSerializer;
    private final Serializer<ReadInProgress> readSerializer;
    private final Producer<String, byte[]> producer;

    /**
     * Registers the schemas of what it writes.
     *
     * @throws SchemaRegistryException when the registry refuses one or does not answer
     */
    Publisher(KafkaConfig kafka, SchemaRegistryClient registry) {
        fingerprintTopic = kafka.topic(Topics.MODEL_FINGERPRINTS);
        confirmationTopic = kafka.topic(Topics.CONFIRMATIONS);
        deadLetterTopic = kafka.topic(Topics.DEAD_LETTERS);
        readTopic = kafka.topic(Topics.READS_IN_PROGRESS);
        fingerprintSerializer = serializer(ModelFingerprint.class, fingerprintTopic, registry);
        confirmationSerializer = serializer(Confirmation.class, confirmationTopic, registry);
        deadLetterSerializer = serializer(DeadLetter.class, deadLetterTopic, registry);
        readSerializer = serializer(ReadInProgress.class, readTopic, registry);
        var properties = kafka.clientProperties();
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }

    private static <V extends SpecificRecord> Serializer<V> serializer(
            Class<V> type, String topic, SchemaRegistryClient registry) {
        var serde = new AvroSerde<>(type, registry);
        serde.register(topic);
        return serde.serializer();
    }

    /** @param origin headers of the upload */
    void publish(ModelFingerprint fingerprint, Headers origin) throws PublishException, InterruptedException {
        var value = encode(() -> fingerprintSerializer.serialize(fingerprintTopic, fingerprint));
        var record = new ProducerRecord<>(fingerprintTopic, fingerprint.getModelVersionId(), value);
        for (String name : TRACE_HEADERS) {
            Header header = origin.lastHeader(name);
            if (header != null) {
                record.headers().add(header);
            }
        }
        send(record);
    }

    void publish(Confirmation confirmation) throws PublishException, InterruptedException {
        var value = encode(() -> confirmationSerializer.serialize(confirmationTopic, confirmation));
        var key = confirmation.getRequest().getReport().getModelVersionId();
        send(new ProducerRecord<>(confirmationTopic, key, value));
    }

    void publish(DeadLetter letter) throws PublishException, InterruptedException {
        var value = encode(() -> deadLetterSerializer.serialize(deadLetterTopic, letter));
        send(new ProducerRecord<>(deadLetterTopic, DeadLetters.key(letter), value));
    }

    /**
     * Tells how far a read has come, and returns before the broker has it.
     *
     * @param state null when the read has ended
     */
    void tell(String key, @Nullable ReadInProgress state) {
        producer.send(new ProducerRecord<>(
                readTopic, key, state == null ? null : readSerializer.serialize(readTopic, state)));
    }

    private static byte[] encode(Supplier<byte[]> serialization) throws PublishException {
        try {
            return serialization.get();
        } catch (KafkaException | SchemaRegistryException e) {
            throw new PublishException("schema registry: " + e.getMessage(), e);
        }
    }

    private void send(ProducerRecord<String, byte[]> record) throws PublishException, InterruptedException {
        try {
            producer.send(record).get();
        } catch (InterruptException e) {
            // Kafka sets the flag again when it throws this one.
            Thread.interrupted();
            throw new InterruptedException(e.getMessage());
        } catch (KafkaException e) {
            throw new PublishException(record.topic() + ": " + e.getMessage(), e);
        } catch (ExecutionException e) {
            // The message of this wrapper is that of its cause, with a class name before it.
            throw new PublishException(record.topic() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}
