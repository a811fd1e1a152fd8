package dev.forebear.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every version of every topic's schema that was ever released lies in {@code src/main/history/v<n>}, with records that
 * were written with it. {@code -Dforebear.history=v<n>} writes the present ones there: a new number after a release,
 * the same number until then.
 */
class SchemaHistoryTest {

    private static final Path HISTORY = Path.of("src", "main", "history");

    private record Version(Topic<?> topic, Path folder) {

        Schema schema() throws IOException {
            return new Schema.Parser().parse(Files.readString(schemaFile()));
        }

        Path schemaFile() {
            return folder.resolve(topic.name() + ".avsc");
        }

        Path recordFile(SampleRecords sample) {
            return folder.resolve(topic.name() + "." + sample.name().toLowerCase() + ".bin");
        }

        void write() throws IOException {
            Files.createDirectories(folder);
            Files.writeString(schemaFile(), topic.schema().toString(true) + "\n");
            for (SampleRecords sample : SampleRecords.values()) {
                Files.write(recordFile(sample), sample.encoded(topic.schema()));
            }
        }

        @Override
        public String toString() {
            return folder.getFileName() + " of " + topic.name();
        }
    }

    @BeforeAll
    static void writesTheVersionThatIsAskedFor() throws IOException {
        String version = System.getProperty("forebear.history");
        if (version != null) {
            for (Topic<?> topic : Topics.all()) {
                new Version(topic, HISTORY.resolve(version)).write();
            }
        }
    }

    static List<Topic<?>> topics() {
        return Topics.all();
    }

    static List<Version> versions() throws IOException {
        return Topics.all().stream().flatMap(topic -> versions(topic).stream()).toList();
    }

    private static List<Version> versions(Topic<?> topic) {
        try (Stream<Path> folders = Files.list(HISTORY)) {
            return folders.sorted(Comparator.comparingInt(SchemaHistoryTest::number))
                    .map(folder -> new Version(topic, folder))
                    .filter(version -> Files.exists(version.schemaFile()))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("no history of schemas", e);
        }
    }

    private static int number(Path folder) {
        return Integer.parseInt(folder.getFileName().toString().substring(1));
    }

    @ParameterizedTest
    @MethodSource("topics")
    void containsThePresentSchema(Topic<?> topic) throws IOException {
        assertThat(versions(topic)).isNotEmpty();
        assertThat(versions(topic).getLast().schema())
                .as(
                        "the schema of %s is not its last version: mvn -pl schemas test -Dtest=SchemaHistoryTest"
                                + " -Dforebear.history=v<number>",
                        topic.name())
                .isEqualTo(topic.schema());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void readsAndIsReadByThePresentSchema(Version version) throws IOException {
        assertReads(version.topic().schema(), version.schema());
        assertReads(version.schema(), version.topic().schema());
    }

    private static void assertReads(Schema reader, Schema writer) {
        SchemaCompatibility.SchemaPairCompatibility result =
                SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        assertThat(result.getType()).as(result.getDescription()).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void isReadIntoTodaysRecords(Version version) throws IOException {
        for (SampleRecords sample : SampleRecords.values()) {
            byte[] bytes = Files.readAllBytes(version.recordFile(sample));

            assertThat(SampleRecords.decoded(bytes, version.schema(), version.schema()))
                    .isEqualTo(sample.record(version.schema()));
            assertThat(rewritten(bytes, version, version.topic().type()))
                    .isEqualTo(SampleRecords.decoded(
                            bytes, version.schema(), version.topic().schema()));
        }
    }

    /** The record as the generated class reads it and writes it again. */
    private static <V extends SpecificRecord> GenericRecord rewritten(byte[] bytes, Version version, Class<V> type)
            throws IOException {
        SpecificData data = SpecificData.getForClass(type);
        Schema today = version.topic().schema();
        V record = new SpecificDatumReader<V>(version.schema(), WireSchemas.generated(type), data)
                .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(written, null);
        new SpecificDatumWriter<V>(today, data).write(record, encoder);
        return SampleRecords.decoded(written.toByteArray(), today, today);
    }
}
