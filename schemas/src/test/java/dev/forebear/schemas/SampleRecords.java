package dev.forebear.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** Makes records of any schema, always the same. */
enum SampleRecords {
    /** Every optional field has a value, every array two items. */
    FULL,
    /** Every optional field is null, every array empty. */
    MINIMAL;

    byte[] encoded(Schema schema) {
        return encoded(record(schema));
    }

    static byte[] encoded(GenericRecord record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    static GenericRecord decoded(byte[] bytes, Schema writer, Schema reader) throws IOException {
        return new GenericDatumReader<GenericRecord>(writer, reader)
                .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    }

    GenericRecord record(Schema schema) {
        GenericRecord record = new GenericData.Record(schema);
        schema.getFields().forEach(field -> record.put(field.pos(), value(field.name(), field.pos(), field.schema())));
        return record;
    }

    private Object value(String name, int seed, Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> record(schema);
            case ENUM ->
                new GenericData.EnumSymbol(
                        schema,
                        schema.getEnumSymbols()
                                .get(seed % schema.getEnumSymbols().size()));
            case ARRAY -> items(name, schema);
            case UNION -> this == FULL ? value(name, seed, schema.getTypes().getLast()) : null;
            case STRING -> name + "-" + seed;
            case BYTES -> ByteBuffer.wrap(new byte[] {(byte) seed, 0, -1});
            case INT -> seed * 1_000;
            case LONG -> 1_795_161_600_000L + seed;
            case FLOAT -> seed + 0.5f;
            case DOUBLE -> -seed - 0.25;
            case BOOLEAN -> seed % 2 == 0;
            case MAP, FIXED, NULL -> throw new IllegalArgumentException("no sample of " + schema);
        };
    }

    private List<Object> items(String name, Schema array) {
        return IntStream.range(0, this == FULL ? 2 : 0)
                .mapToObj(i -> value(name, i, array.getElementType()))
                .toList();
    }
}
