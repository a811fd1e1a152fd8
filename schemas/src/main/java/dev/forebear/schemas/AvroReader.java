package dev.forebear.schemas;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads records, whichever version of the schema wrote them. */
final class AvroReader<V extends SpecificRecord> implements Deserializer<V> {

    private final SchemaRegistryClient registry;
    private final Schema schema;
    private final SpecificData data;
    private final Map<Integer, DatumReader<V>> readers = new ConcurrentHashMap<>();

    AvroReader(Class<V> type, SchemaRegistryClient registry) {
        this.registry = registry;
        this.schema = WireSchemas.generated(type);
        this.data = SpecificData.getForClass(type);
    }

    @Override
    public @Nullable V deserialize(String topic, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        int id = WireFormat.schemaId(topic, bytes);
        DatumReader<V> reader = readers.computeIfAbsent(id, unseen -> reader(topic, unseen));
        return read(topic, id, reader, bytes);
    }

    private DatumReader<V> reader(String topic, int id) {
        try {
            return new SpecificDatumReader<>(registry.getSchemaById(id), schema, data);
        } catch (SchemaRegistryException e) {
            if (e.schemaNotFound()) {
                throw new SerializationException(topic + ": schema id " + id + " is not registered", e);
            }
            throw e;
        }
    }

    private V read(String topic, int id, DatumReader<V> reader, byte[] bytes) {
        int length = bytes.length - WireFormat.HEADER_BYTES;
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, WireFormat.HEADER_BYTES, length, null);
        V value;
        boolean complete;
        try {
            value = reader.read(null, decoder);
            complete = decoder.isEnd();
        } catch (IOException | RuntimeException e) {
            throw undecodable(topic, id, length, e.toString(), e);
        }
        if (!complete) {
            throw undecodable(topic, id, length, "bytes after its end", null);
        }
        return value;
    }

    private SerializationException undecodable(
            String topic, int id, int length, String found, @Nullable Throwable cause) {
        return new SerializationException(
                topic + ": expected a " + schema.getName() + " of schema id " + id + " in " + length + " bytes, found "
                        + found,
                cause);
    }
}
