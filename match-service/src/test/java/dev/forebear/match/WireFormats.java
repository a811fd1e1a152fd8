package dev.forebear.match;

import dev.forebear.schemas.wire.LineageCandidates;
import dev.forebear.schemas.wire.LineageQuery;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelFingerprint;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** The four serdes in Avro's own single-object encoding, so that a topology runs without a schema registry. */
final class WireFormats {

    LineageTopology.ValueSerdes serdes() {
        return new LineageTopology.ValueSerdes(
                serde(ModelFingerprint.class),
                serde(LineageQuery.class),
                serde(LineageCandidates.class),
                serde(LineageReport.class));
    }

    private static <V extends SpecificRecord> Serde<V> serde(Class<V> type) {
        var schema = SpecificData.get().getSchema(type);
        var model = SpecificData.getForSchema(schema);
        var encoder = new BinaryMessageEncoder<V>(model, schema);
        var decoder = new BinaryMessageDecoder<V>(model, schema);
        return Serdes.serdeFrom(
                (topic, value) -> value == null ? null : encode(encoder, value),
                (topic, bytes) -> bytes == null ? null : decode(decoder, bytes));
    }

    private static <V> byte[] encode(BinaryMessageEncoder<V> encoder, V value) {
        try {
            var buffer = encoder.encode(value);
            var bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new SerializationException(e);
        }
    }

    private static <V> V decode(BinaryMessageDecoder<V> decoder, byte[] bytes) {
        try {
            return decoder.decode(ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            throw new SerializationException(e);
        }
    }
}
