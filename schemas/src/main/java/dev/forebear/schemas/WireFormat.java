package dev.forebear.schemas;

import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;

/** Confluent's wire format: a zero byte, the schema's id as a 4-byte big-endian integer, the payload. */
final class WireFormat {

    static final byte MAGIC = 0;

    static final int HEADER_BYTES = 1 + Integer.BYTES;

    /** A record beyond Kafka's default limit of 1 MiB could not be sent; one that is larger was not made by us. */
    static final int MAX_BYTES = 1 << 20;

    private WireFormat() {}

    static byte[] header(int schemaId) {
        return ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putInt(schemaId).array();
    }

    /** Schema id of a record's value. */
    static int schemaId(String topic, byte[] bytes) {
        requireSize(topic, bytes.length);
        if (bytes.length < HEADER_BYTES) {
            throw new SerializationException(
                    topic + ": expected a magic byte and a schema id of 4 bytes, found " + bytes.length + " bytes");
        }
        if (bytes[0] != MAGIC) {
            throw new SerializationException(topic + ": expected the magic byte 0, found " + (bytes[0] & 0xFF));
        }
        return ByteBuffer.wrap(bytes).getInt(1);
    }

    static void requireSize(String topic, int size) {
        if (size > MAX_BYTES) {
            throw new SerializationException(
                    topic + ": expected a value of at most " + MAX_BYTES + " bytes, found " + size);
        }
    }
}
