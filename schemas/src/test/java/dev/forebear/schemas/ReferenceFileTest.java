package dev.forebear.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.forebear.schemas.wire.ReferenceModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceFileTest {

    private static final Instant MADE = Instant.parse("2026-11-20T12:00:00Z");

    private final ReferenceModel full = sample(SampleRecords.FULL);
    private final ReferenceModel minimal = sample(SampleRecords.MINIMAL);

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void writeTwoModels() throws IOException {
        file = folder.resolve("known.forebear");
        write(file, new ReferenceFileHeader(1, MADE, 2), full, minimal);
    }

    @Test
    void readsWhatItWrote() throws IOException {
        try (var reader = ReferenceFileReader.open(file)) {
            assertThat(reader.header()).isEqualTo(new ReferenceFileHeader(1, MADE, 2));
            assertThat(reader.next()).isEqualTo(full);
            assertThat(reader.next()).isEqualTo(minimal);
            assertThat(reader.next()).isNull();
            assertThat(reader.bytesRead()).isEqualTo(Files.size(file));
        }
    }

    @Test
    void anyAvroToolReadsIt() throws IOException {
        try (var reader = new DataFileReader<>(file.toFile(), new GenericDatumReader<GenericRecord>())) {
            assertThat(reader.getMetaString("forebear.format")).isEqualTo("1");
            assertThat(reader.iterator()).toIterable().hasSize(2);
        }
    }

    @Test
    void leavesTheOlderFileUntilTheNewOneIsWhole() throws IOException {
        byte[] before = Files.readAllBytes(file);
        try (var writer = new ReferenceFileWriter(file, new ReferenceFileHeader(1, MADE, 2))) {
            writer.append(minimal);
            assertThatIllegalStateException()
                    .isThrownBy(writer::commit)
                    .withMessageContaining("expected 2 models as its header says, found 1");
        }

        assertThat(file).hasBinaryContent(before);
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void refusesAFileCutAnywhere() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Path cut = folder.resolve("cut.forebear");
        for (int length = 0; length < whole.length; length += 1 + length / 200) {
            Files.write(cut, Arrays.copyOf(whole, length));
            assertThatIOException()
                    .as("%d bytes", length)
                    .isThrownBy(() -> readAll(cut))
                    .withMessageStartingWith(cut + ": ");
        }
    }

    @Test
    void namesTheFormatOfANewerVersion() throws IOException {
        Path newer = changed("forebear.format\u00021", "forebear.format\u00022");

        assertThatIOException()
                .isThrownBy(() -> ReferenceFileReader.open(newer))
                .withMessage(
                        newer + ": expected a file of reference models of format 1 or older, found format 2, which a"
                                + " newer version of Forebear wrote");
    }

    @Test
    void refusesAHeaderThatCountsOtherwise() throws IOException {
        Path three = changed("forebear.models\u00022", "forebear.models\u00023");

        assertThatIOException()
                .isThrownBy(() -> readAll(three))
                .withMessage(three + ": expected 3 models as its header says, found 2");
    }

    @Test
    void refusesALengthBeyondTheFileWithoutReservingIt() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        int block = indexAfterMark(whole);
        // One model in 60 MB.
        byte[] claim = {2, (byte) 0x80, (byte) 0x9c, (byte) 0x9c, 0x39};
        byte[] hostile = Arrays.copyOf(whole, block + claim.length);
        System.arraycopy(claim, 0, hostile, block, claim.length);
        Path beyond = Files.write(folder.resolve("beyond.forebear"), hostile);

        assertThatIOException()
                .isThrownBy(() -> readAll(beyond))
                .withMessageContaining("model 1 of 2: expected a ReferenceModel, found the end of the file after");
    }

    @Test
    void refusesCompressedFiles() throws IOException {
        Path compressed = folder.resolve("compressed.forebear");
        try (var writer = new DataFileWriter<>(new SpecificDatumWriter<>(ReferenceModel.getClassSchema()))) {
            writer.setCodec(CodecFactory.deflateCodec(9));
            new ReferenceFileHeader(1, MADE, 1).metadata().forEach(writer::setMeta);
            writer.create(WireSchemas.registered(ReferenceModel.class), compressed.toFile());
            writer.append(minimal);
        }

        assertThatIOException()
                .isThrownBy(() -> ReferenceFileReader.open(compressed))
                .withMessageContaining("expected an uncompressed Avro file, found codec 'deflate'");
    }

    @Test
    void refusesWhatIsNoFileOfReferenceModels() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "no models here");
        Path fingerprint = Files.write(folder.resolve("one.avro"), RecordFile.bytes(minimal.getModel()));

        assertThatIOException()
                .isThrownBy(() -> ReferenceFileReader.open(text))
                .withMessage(text + ": expected a file of reference models, found something else than an Avro file");
        assertThatIOException()
                .isThrownBy(() -> ReferenceFileReader.open(fingerprint))
                .withMessageContaining("forebear.format: expected a number from 0 on in the header");
    }

    private Path changed(String from, String to) throws IOException {
        String whole = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(whole).contains(from);
        Path changed = folder.resolve("changed.forebear");
        return Files.writeString(changed, whole.replace(from, to), StandardCharsets.ISO_8859_1);
    }

    /** Where the first block begins: after the mark that also ends the file. */
    private static int indexAfterMark(byte[] whole) {
        byte[] mark = Arrays.copyOfRange(whole, whole.length - 16, whole.length);
        for (int at = 0; at < whole.length; at++) {
            if (Arrays.equals(mark, Arrays.copyOfRange(whole, at, at + 16))) {
                return at + 16;
            }
        }
        throw new AssertionError("no mark found");
    }

    private static List<ReferenceModel> readAll(Path file) throws IOException {
        List<ReferenceModel> models = new ArrayList<>();
        try (var reader = ReferenceFileReader.open(file)) {
            for (ReferenceModel model = reader.next(); model != null; model = reader.next()) {
                models.add(model);
            }
        }
        return models;
    }

    private static void write(Path file, ReferenceFileHeader header, ReferenceModel... models) throws IOException {
        try (var writer = new ReferenceFileWriter(file, header)) {
            for (ReferenceModel model : models) {
                writer.append(model);
            }
            writer.commit();
        }
    }

    private static ReferenceModel sample(SampleRecords sample) {
        var schema = WireSchemas.generated(ReferenceModel.class);
        var reader =
                new SpecificDatumReader<ReferenceModel>(schema, schema, SpecificData.getForClass(ReferenceModel.class));
        try {
            return reader.read(null, DecoderFactory.get().binaryDecoder(sample.encoded(schema), null));
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
