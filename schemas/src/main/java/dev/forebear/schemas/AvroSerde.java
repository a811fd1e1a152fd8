package dev.forebear.schemas;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Avro records in Confluent's wire format: a zero byte, the schema's id as a 4-byte big-endian integer, Avro binary.
 * The schema is registered under {@code <topic>-value} when the first record of a topic is written; a record is read
 * with the schema that wrote it, resolved to today's. A null value is a null record, which Kafka calls a tombstone.
 *
 * <p>Bytes that are no such record throw {@link org.apache.kafka.common.errors.SerializationException}: they never will
 * be. A registry that cannot be asked or that refuses the schema throws {@link SchemaRegistryException}: the record is
 * not to blame. Thread-safe.
 */
public final class AvroSerde<V extends SpecificRecord> implements Serde<V> {

    private final AvroWriter<V> writer;
    private final AvroReader<V> reader;

    public AvroSerde(Class<V> type, SchemaRegistryClient registry) {
        this.writer = new AvroWriter<>(type, registry);
        this.reader = new AvroReader<>(type, registry);
    }

    /**
     * Registers the schema of a topic now rather than with its first record, so that a service can refuse to start.
     *
     * @throws SchemaRegistryException when the registry refuses the schema or cannot be asked
     */
    public void register(String topic) {
        writer.schemaId(topic);
    }

    @Override
    public Serializer<V> serializer() {
        return writer;
    }

    @Override
    public Deserializer<V> deserializer() {
        return reader;
    }
}
