package dev.forebear.worker;

import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryException;
import dev.forebear.schemas.wire.ModelUploaded;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads the bytes of a record of {@code model-uploads}. */
final class UploadDecoder {

    private static final int MAX_LENGTH = 4_096;

    private final Deserializer<ModelUploaded> deserializer;

    UploadDecoder(SchemaRegistryClient registry) {
        this.deserializer = new AvroSerde<>(ModelUploaded.class, registry).deserializer();
    }

    /**
     * @throws SchemaRegistryException when the registry could not be asked for the schema; nothing is known of the
     *     record then
     */
    UploadTask decode(ConsumerRecord<byte[], byte[]> record) {
        return new UploadTask(record, content(record));
    }

    private UploadTask.Content content(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return new UploadTask.Undecodable(position(record) + ": expected an upload, found no value");
        }
        try {
            ModelUploaded uploaded = deserializer.deserialize(record.topic(), record.headers(), record.value());
            check(uploaded);
            return new UploadTask.Upload(uploaded);
        } catch (SerializationException | IllegalArgumentException e) {
            return new UploadTask.Undecodable(position(record) + ": " + e.getMessage());
        }
    }

    /** A record that is repeated in a fingerprint must leave room for it. */
    private static void check(ModelUploaded uploaded) {
        var id = ModelVersionId.of(uploaded.getRegistry(), uploaded.getName(), uploaded.getVersion());
        if (!id.toString().equals(uploaded.getModelVersionId())) {
            throw new IllegalArgumentException("model version id: expected " + id + " of registry, name and version");
        }
        checkLength("location", uploaded.getLocation());
        checkLength("event id", uploaded.getEventId());
        checkLength("correlation id", uploaded.getCorrelationId());
    }

    private static void checkLength(String field, String value) {
        if (value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    field + ": expected at most " + MAX_LENGTH + " characters, found " + value.length());
        }
    }

    private static String position(ConsumerRecord<byte[], byte[]> record) {
        return record.topic() + "/" + record.partition() + "@" + record.offset();
    }
}
