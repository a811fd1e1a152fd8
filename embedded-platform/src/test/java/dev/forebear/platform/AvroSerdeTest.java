package dev.forebear.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.forebear.platform.registry.EmbeddedSchemaRegistry;
import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryConfig;
import dev.forebear.schemas.SchemaRegistryException;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.DeadLetter;
import dev.forebear.schemas.wire.RecordHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroSerdeTest {

    private static final String TOPIC = "dead-letters";

    private static final DeadLetter LETTER = DeadLetter.newBuilder()
            .setStage("fingerprint-worker")
            .setReason("malformed")
            .setMessage("größer × 2")
            .setOriginTopic("model-uploads")
            .setOriginPartition(2)
            .setOriginOffset(991)
            .setKey(null)
            .setValue(ByteBuffer.wrap(new byte[] {1, 2, 3}))
            .setHeaders(List.of(new RecordHeader("a", null)))
            .setAttempts(5)
            .setAt(Instant.ofEpochMilli(1_795_161_604_000L))
            .build();

    private static EmbeddedSchemaRegistry registry;
    private static SchemaRegistryClient client;
    private static AvroSerde<DeadLetter> serde;

    @BeforeAll
    static void start() {
        registry = EmbeddedSchemaRegistry.startInMemory(0);
        client = new SchemaRegistryClient(SchemaRegistryConfig.of(registry.url()));
        serde = new AvroSerde<>(DeadLetter.class, client);
    }

    @AfterAll
    static void stop() {
        client.close();
        registry.close();
    }

    @Test
    void readsWhatItWrote() {
        assertThat(read(written())).isEqualTo(LETTER);
    }

    @Test
    void takesATombstoneForATombstone() {
        assertThat(serde.serializer().serialize(TOPIC, null)).isNull();
        assertThat(read(null)).isNull();
    }

    @Test
    void registersUnderTheNameOfTheTopic() {
        serde.serializer().serialize("prefix.dead-letters", LETTER);

        assertThat(client.getAllSubjects()).contains("prefix.dead-letters-value");
        assertThat(client.getLatestSchemaMetadata("prefix.dead-letters-value").schema())
                .isEqualTo(Topics.DEAD_LETTERS.schema());
    }

    @Test
    void readsRecordsOfAnotherVersionOfTheSchema() throws IOException {
        Schema today = Topics.DEAD_LETTERS.schema();
        List<Schema.Field> fields = today.getFields().stream()
                .filter(field -> !field.name().equals("correlationId"))
                .map(field -> new Schema.Field(field, field.schema()))
                .toList();
        Schema other = Schema.createRecord(today.getName(), null, today.getNamespace(), false, fields);
        GenericRecord record = new GenericData.Record(other);
        record.put("stage", "s");
        record.put("reason", "r");
        record.put("message", "m");
        record.put("originTopic", "o");
        record.put("originPartition", 1);
        record.put("originOffset", 2L);
        record.put("headers", List.of());
        record.put("attempts", 1);
        record.put("at", 5L);

        DeadLetter read = read(encoded(client.register("evolved-value", other), record));

        assertThat(read.getOriginOffset()).isEqualTo(2);
        assertThat(read.getAt()).isEqualTo(Instant.ofEpochMilli(5));
        assertThat(read.getCorrelationId()).isNull();
    }

    @Test
    void refusesARecordOfAnotherKind() throws IOException {
        Schema other =
                SchemaBuilder.record("Other").fields().requiredString("a").endRecord();
        GenericRecord record = new GenericData.Record(other);
        record.put("a", "b");

        assertUndecodable(encoded(client.register("other-value", other), record), "expected a DeadLetter of schema id");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4})
    void refusesBytesThatAreTooFew(int length) {
        assertUndecodable(
                new byte[length], "expected a magic byte and a schema id of 4 bytes, found " + length + " bytes");
    }

    @Test
    void refusesAnotherMagicByte() {
        byte[] bytes = written();
        bytes[0] = '{';

        assertUndecodable(bytes, "expected the magic byte 0, found 123");
    }

    @Test
    void refusesARecordThatIsCutShort() {
        byte[] bytes = written();
        for (int length = 5; length < bytes.length; length++) {
            assertUndecodable(Arrays.copyOf(bytes, length), "expected a DeadLetter of schema id");
        }
    }

    @Test
    void refusesBytesAfterTheRecord() {
        byte[] bytes = written();

        assertUndecodable(Arrays.copyOf(bytes, bytes.length + 1), "found bytes after its end");
    }

    @Test
    void allocatesNothingForALengthThatIsALie() {
        // A string of 2,147,483,639 bytes, then an array of as many items.
        byte[] string = {(byte) 0xEE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F};
        byte[] header = Arrays.copyOf(written(), 5);
        byte[] lie = ByteBuffer.allocate(10).put(header).put(string).array();

        assertUndecodable(lie, "expected a DeadLetter of schema id");
    }

    @Test
    void refusesARecordBeyondTheSizeOfAKafkaRecord() {
        assertUndecodable(new byte[(1 << 20) + 1], "expected a value of at most 1048576 bytes, found 1048577");
        DeadLetter large = DeadLetter.newBuilder(LETTER)
                .setValue(ByteBuffer.wrap(new byte[1 << 20]))
                .build();
        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> serde.serializer().serialize(TOPIC, large))
                .withMessageStartingWith("dead-letters: expected a value of at most 1048576 bytes, found 10");
    }

    @Test
    void refusesToWriteAnIncompleteRecord() {
        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> serde.serializer().serialize(TOPIC, new DeadLetter()))
                .withMessageStartingWith("dead-letters: expected a complete DeadLetter, found one with null");
    }

    @Test
    void blamesTheRegistryAndNotTheRecordWhenItCannotBeAsked() {
        SchemaRegistryConfig nowhere = SchemaRegistryConfig.of(URI.create("http://127.0.0.1:" + Loopback.freePort()));
        try (SchemaRegistryClient lost = new SchemaRegistryClient(nowhere)) {
            AvroSerde<DeadLetter> lostSerde = new AvroSerde<>(DeadLetter.class, lost);

            assertThatExceptionOfType(SchemaRegistryException.class)
                    .isThrownBy(() -> lostSerde.deserializer().deserialize(TOPIC, written()))
                    .withMessageContaining("no schema registry answered after 3 attempts");
            assertThatExceptionOfType(SchemaRegistryException.class)
                    .isThrownBy(() -> lostSerde.serializer().serialize(TOPIC, LETTER));
        }
    }

    private static byte[] written() {
        return serde.serializer().serialize(TOPIC, LETTER);
    }

    private static DeadLetter read(byte[] bytes) {
        return serde.deserializer().deserialize(TOPIC, bytes);
    }

    private static void assertUndecodable(byte[] bytes, String reason) {
        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> read(bytes))
                .withMessageStartingWith("dead-letters: ")
                .withMessageContaining(reason)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    private static byte[] encoded(int id, GenericRecord record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        return bytes.toByteArray();
    }
}
