package dev.forebear.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Writes records; registers the schema once for each topic. */
final class AvroWriter<V extends SpecificRecord> implements Serializer<V> {

    private final SchemaRegistryClient registry;
    private final Schema schema;
    private final DatumWriter<V> writer;
    private final Map<String, Integer> ids = new ConcurrentHashMap<>();

    AvroWriter(Class<V> type, SchemaRegistryClient registry) {
        this.registry = registry;
        this.schema = WireSchemas.registered(type);
        this.writer = new SpecificDatumWriter<>(schema, SpecificData.getForClass(type));
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable V value) {
        if (value == null) {
            return null;
        }
        int id = schemaId(topic);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        bytes.writeBytes(WireFormat.header(id));
        write(topic, value, bytes);
        WireFormat.requireSize(topic, bytes.size());
        return bytes.toByteArray();
    }

    /** Id of the schema, which is registered when it is not yet. */
    int schemaId(String topic) {
        return ids.computeIfAbsent(topic, name -> registry.register(name + "-value", schema));
    }

    private void write(String topic, V value, ByteArrayOutputStream bytes) {
        try {
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            writer.write(value, encoder);
            encoder.flush();
        } catch (IOException | AvroRuntimeException | ClassCastException | NullPointerException e) {
            throw new SerializationException(
                    topic + ": expected a complete " + schema.getName() + ", found one with " + e.getMessage(), e);
        }
    }
}
