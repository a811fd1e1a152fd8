package dev.forebear.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.forebear.schemas.wire.AlertAction;
import dev.forebear.schemas.wire.AlertActionKind;
import dev.forebear.schemas.wire.DeclarationStrength;
import dev.forebear.schemas.wire.DeclaredBase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordFileTest {

    private final DeclaredBase record =
            new DeclaredBase("quarry-ai/basalt-7b", "finetune", "model-card", DeclarationStrength.STATED, null);

    @TempDir
    Path folder;

    @Test
    void readsWhatItWrote() throws IOException {
        Path file = folder.resolve("base.avro");

        RecordFile.write(file, record);

        assertThat(RecordFile.read(file, DeclaredBase.class)).isEqualTo(record);
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void anyAvroToolReadsIt() throws IOException {
        Path file = folder.resolve("base.avro");
        RecordFile.write(file, record);

        try (var reader = new DataFileReader<>(file.toFile(), new GenericDatumReader<GenericRecord>())) {
            assertThat(reader.next().get("name").toString()).isEqualTo("quarry-ai/basalt-7b");
        }
    }

    @Test
    void replacesAnOlderFile() throws IOException {
        Path file = Files.writeString(folder.resolve("base.avro"), "older");

        RecordFile.write(file, record);

        assertThat(RecordFile.read(file, DeclaredBase.class)).isEqualTo(record);
    }

    @Test
    void refusesAnotherRecord() {
        byte[] bytes = RecordFile.bytes(AlertAction.newBuilder()
                .setAlertId("al_1")
                .setKind(AlertActionKind.SNOOZE)
                .setAuthor("ana")
                .setAt(Instant.EPOCH)
                .build());

        assertRefused(bytes);
    }

    @Test
    void refusesWhatIsNoAvroFile() {
        assertRefused(new byte[0]);
        assertRefused("{\"name\": \"x\"}".getBytes());
    }

    @Test
    void refusesAFileCutAnywhere() {
        byte[] bytes = RecordFile.bytes(record);
        for (int length = 0; length < bytes.length; length++) {
            assertRefused(Arrays.copyOf(bytes, length));
        }
    }

    @Test
    void refusesBlockThatClaimsMoreThanTheFile() {
        byte[] bytes = RecordFile.bytes(record);
        int block = bytes.length - 16 - blockLength(bytes);
        byte[] hostile = Arrays.copyOf(bytes, block + 5 + 16);
        // 2 GiB - 1 as a zig-zag number, where the block's length was.
        byte[] huge = {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f};
        System.arraycopy(huge, 0, hostile, block - 1, huge.length);

        assertRefused(hostile);
    }

    @Test
    void refusesTextThatClaimsMoreThanTheFile() {
        byte[] bytes = RecordFile.bytes(record);
        int block = bytes.length - 16 - blockLength(bytes);
        // 2 GiB - 1, which Avro reports otherwise than what is merely too long.
        byte[] huge = {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f};
        byte[] hostile = Arrays.copyOf(bytes, block + huge.length + 16);
        hostile[block - 1] = (byte) (2 * huge.length);
        System.arraycopy(huge, 0, hostile, block, huge.length);
        System.arraycopy(bytes, bytes.length - 16, hostile, block + huge.length, 16);

        assertRefused(hostile);
    }

    @Test
    void refusesAFileThatIsTooLargeToBeOne() throws IOException {
        Path file = Files.write(folder.resolve("huge.avro"), new byte[(1 << 20) + 1]);

        assertThatIOException()
                .isThrownBy(() -> RecordFile.read(file, DeclaredBase.class))
                .withMessageContaining("huge.avro: expected at most 1048576 bytes");
    }

    // A record this small has a length of one byte, right before the block.
    private static int blockLength(byte[] bytes) {
        for (int length = 1; length < 64; length++) {
            if (bytes[bytes.length - 17 - length] == 2 * length && bytes[bytes.length - 18 - length] == 2) {
                return length;
            }
        }
        throw new AssertionError("no block found");
    }

    private static void assertRefused(byte[] bytes) {
        assertThatIOException()
                .isThrownBy(() -> RecordFile.record("base.avro", bytes, DeclaredBase.class))
                .withMessageStartingWith("base.avro: expected one DeclaredBase in an Avro file, found ");
    }
}
