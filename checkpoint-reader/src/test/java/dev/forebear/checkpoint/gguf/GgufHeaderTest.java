package dev.forebear.checkpoint.gguf;

import static dev.forebear.checkpoint.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.MemoryStorage;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.Zoo;
import dev.forebear.checkpoint.declaration.Declared;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GgufHeaderTest {

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void readsBothVersions(int version) throws IOException {
        GgufHeader header = read(new GgufBytes()
                .version(version)
                .with("general.name", "x")
                .with("llama.block_count", 7)
                .with("tokens", List.of("a", "b"))
                .counting("t", 4, 2));
        assertThat(header.metadata().text("general.name")).isEqualTo("x");
        assertThat(header.metadata().integer("llama.block_count")).isEqualTo(7);
        assertThat(header.metadata().texts("tokens")).containsExactly("a", "b");
        assertThat(header.entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.shape()).containsExactly(2L, 4L));
    }

    @Test
    void rejectsFileThatIsNoGguf() {
        assertMalformed(new GgufBytes().magic(0x46554748), "expected GGUF at the beginning");
    }

    @ParameterizedTest
    @CsvSource({"1, found 1", "4, found 4", "50331648, found 50331648", "-1, found 4294967295"})
    void namesVersionThatItDoesNotRead(int version, String words) {
        assertRefused(
                () -> read(new GgufBytes().version(version)),
                Reason.UNSUPPORTED,
                "expected GGUF of version 2 or 3, " + words);
    }

    @Test
    void rejectsHeaderLongerThanFile() {
        byte[] whole = new GgufBytes().with("key", "value").counting("t", 4).bytes();
        for (int length = 0; length < 24 + 8 + 3 + 4 + 8 + 5 + 8 + 1 + 4 + 8 + 4 + 8; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertRefused(() -> read(cut), Reason.MALFORMED, "x.gguf: ");
        }
    }

    @ParameterizedTest
    @CsvSource({"9223372036854775807, REFUSED", "1000000, REFUSED", "400000, MALFORMED"})
    void refusesMoreTensorsThanTheFileHasRoomFor(long count, Reason reason) {
        assertRefused(
                () -> read(new GgufBytes().tensorCount(count).counting("t", 4)), reason, "x.gguf: tensors: expected");
    }

    @ParameterizedTest
    @CsvSource({"9223372036854775807, REFUSED", "70000, REFUSED", "60000, MALFORMED"})
    void refusesMoreMetadataThanTheFileHasRoomFor(long count, Reason reason) {
        assertRefused(
                () -> read(new GgufBytes().pairCount(count).with("key", 1)), reason, "x.gguf: metadata: expected");
    }

    @Test
    void refusesNegativeCounts() {
        byte[] file = new GgufBytes().bytes();
        Arrays.fill(file, 8, 16, (byte) -1);
        assertRefused(() -> read(file), Reason.MALFORMED, "tensors: expected at most 500000");
    }

    @Test
    void refusesStringLongerThanTheFile() {
        byte[] length = GgufBytes.little(8).putLong(1 << 20).array();
        assertMalformed(new GgufBytes().pair("key", 8, length), "key: expected");
    }

    @Test
    void refusesStringOfAbsurdLength() {
        byte[] length = GgufBytes.little(8).putLong(Long.MAX_VALUE).array();
        assertRefused(
                () -> read(new GgufBytes().pair("key", 8, length)), Reason.REFUSED, "key: expected at most 16777216");
    }

    @Test
    void refusesArrayLongerThanTheFile() {
        byte[] array = GgufBytes.little(12).putInt(10).putLong(1_000_000).array();
        assertMalformed(new GgufBytes().pair("key", 9, array), "key: expected");
    }

    @Test
    void refusesArrayOfAbsurdLength() {
        byte[] array = GgufBytes.little(12).putInt(10).putLong(1L << 40).array();
        assertRefused(() -> read(new GgufBytes().pair("key", 9, array)), Reason.REFUSED, "expected at most 2000000");
    }

    @Test
    void refusesArrayOfArrays() {
        byte[] array = GgufBytes.little(12).putInt(9).putLong(1).array();
        assertRefused(
                () -> read(new GgufBytes().pair("key", 9, array)),
                Reason.UNSUPPORTED,
                "key: expected an array of values, found one of arrays");
    }

    @ParameterizedTest
    @ValueSource(ints = {13, -1, 1_000_000})
    void rejectsTypeOfValueThatIsNone(int type) {
        assertMalformed(new GgufBytes().pair("key", type, new byte[8]), "key: expected a type of 0 to 12, found");
    }

    @Test
    void rejectsKeyTwice() {
        assertMalformed(new GgufBytes().with("key", 1).with("key", 2), "expected each key once, found key twice");
    }

    @Test
    void rejectsTensorTwice() {
        assertMalformed(new GgufBytes().counting("t", 4).counting("t", 4), "expected each tensor once, found t twice");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, -32, 1 << 17})
    void rejectsAlignmentThatIsNone(int alignment) {
        assertMalformed(
                new GgufBytes().with("general.alignment", alignment).counting("t", 4),
                "general.alignment: expected a power of two up to 65536");
    }

    @Test
    void rejectsAlignmentThatIsNoNumber() {
        assertMalformed(
                new GgufBytes().with("general.alignment", "32").counting("t", 4),
                "general.alignment: expected a power of two");
    }

    @Test
    void rejectsMoreDimensionsThanFour() {
        assertMalformed(new GgufBytes().counting("t", 1, 1, 1, 1, 1), "expected at most 4 dimensions, found 5");
    }

    @Test
    void namesTypeOfTensorThatItDoesNotKnow() {
        assertRefused(
                () -> read(new GgufBytes().tensor("t", 99, new byte[4], 1)),
                Reason.UNSUPPORTED,
                "tensor t: expected a type of ggml that is known, found 99");
    }

    @Test
    void rejectsRowsOfPartsOfBlocks() {
        assertMalformed(
                new GgufBytes().tensor("t", 8, new byte[34], 16, 2), "expected rows of whole blocks of 32 values");
    }

    @ParameterizedTest
    @CsvSource({"4294967296, 4294967296", "-1, 1", "9223372036854775807, 2"})
    void rejectsSizesThatOverflow(long rows, long columns) {
        assertMalformed(new GgufBytes().entry("t", 0, 0, columns, rows), "tensor t: expected a size that fits 63 bits");
    }

    @Test
    void readsTensorsWithoutValues() throws IOException {
        assertThat(read(new GgufBytes().counting("a", 0, 4).counting("b", 2)).entries())
                .extracting(GgufEntry::elements)
                .containsExactly(0L, 2L);
    }

    @ParameterizedTest
    @ValueSource(longs = {32, 1, -32, Long.MAX_VALUE})
    void rejectsFirstTensorThatDoesNotBeginTheData(long offset) {
        assertMalformed(new GgufBytes().entry("t", 0, offset, 1), "tensor t: expected at offset 0, found " + offset);
    }

    @Test
    void rejectsTensorsThatOverlap() {
        assertMalformed(
                new GgufBytes().counting("a", 16).entry("b", 0, 32, 8), "tensor b: expected at offset 64, found 32");
    }

    @Test
    void rejectsHolesBetweenTensors() {
        assertMalformed(
                new GgufBytes().counting("a", 16).entry("b", 0, 96, 1), "tensor b: expected at offset 64, found 96");
    }

    @Test
    void rejectsTruncatedData() {
        byte[] whole = new GgufBytes().counting("a", 8).counting("b", 8).bytes();
        assertRefused(
                () -> read(Arrays.copyOf(whole, whole.length - 1)),
                Reason.MALFORMED,
                "tensor b: expected 32 bytes at offset 32, found the end of the file");
    }

    @Test
    void survivesMutations() throws IOException {
        byte[] file = Files.readAllBytes(Zoo.FOLDER.resolve("base-a-gguf-q8/base-a-gguf-q8.Q8_0.gguf"));
        var random = new Random(20261120);
        for (int mutation = 0; mutation < 2_000; mutation++) {
            byte[] mutated = file.clone();
            // The header takes the first 29 KB; its structure, not its vocabulary, is at its ends.
            int region = random.nextBoolean() ? 1_000 : 29_000;
            for (int change = random.nextInt(1, 5); change > 0; change--) {
                int at = region == 1_000 && random.nextBoolean()
                        ? 27_000 + random.nextInt(2_000)
                        : random.nextInt(region);
                mutated[at] = (byte) (random.nextBoolean() ? random.nextInt() : random.nextInt(4) - 1);
            }
            readAll(random.nextInt(10) == 0 ? Arrays.copyOf(mutated, random.nextInt(file.length)) : mutated);
        }
    }

    private static void readAll(byte[] file) throws IOException {
        var storage = new MemoryStorage().with("x.gguf", file);
        try {
            GgufModel model = GgufFormat.open(storage, storage.list());
            model.config();
            model.declare(new Declared());
            for (Tensor weight : model.weights()) {
                int count = (int) Math.min(weight.elements(), 64);
                weight.read(weight.elements() - count, count, new float[count], 0);
            }
            if (model.vocabulary() != null) {
                model.vocabulary().tokenizer();
            }
        } catch (CheckpointException refused) {
            assertThat(refused.reason()).isIn(Reason.MALFORMED, Reason.UNSUPPORTED, Reason.REFUSED);
        }
    }

    private static void assertMalformed(GgufBytes file, String words) {
        assertRefused(() -> read(file), Reason.MALFORMED, words);
    }

    private static GgufHeader read(GgufBytes file) throws IOException {
        return read(file.bytes());
    }

    private static GgufHeader read(byte[] file) throws IOException {
        return GgufHeader.read(MemoryStorage.source("x.gguf", file));
    }
}
