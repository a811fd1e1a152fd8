package dev.forebear.checkpoint.safetensors;

import static dev.forebear.checkpoint.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.MemoryStorage;
import dev.forebear.checkpoint.storage.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsHeaderTest {

    // Honest files.

    @Test
    void acceptsFileWithoutTensors() throws IOException {
        SafetensorsHeader header = read("{}", 0);
        assertThat(header.entries()).isEmpty();
        assertThat(header.dataStart()).isEqualTo(10);
    }

    @Test
    void acceptsTensorsInAnyOrderOfTheHeader() throws IOException {
        SafetensorsHeader header = read(
                "{" + tensor("b", "F32", "[2]", 4, 12) + "," + tensor("a", "F32", "[]", 0, 4)
                        + ",\"__metadata__\":{\"format\":\"pt\"}}",
                12);
        assertThat(header.entries())
                .containsExactly(
                        new TensorEntry("a", Dtype.F32, List.of(), 0, 4),
                        new TensorEntry("b", Dtype.F32, List.of(2L), 4, 12));
        assertThat(header.metadata()).containsOnlyKeys("format").containsValue("pt");
    }

    @ParameterizedTest
    @EnumSource(Dtype.class)
    void acceptsEveryDtype(Dtype dtype) throws IOException {
        int bytes = 8 * dtype.bits() / 8;
        assertThat(read("{" + tensor("a", dtype.name(), "[2,4]", 0, bytes) + "}", bytes)
                        .entries())
                .extracting(TensorEntry::dtype)
                .containsExactly(dtype);
    }

    @Test
    void acceptsEmptyTensors() throws IOException {
        SafetensorsHeader header = read(
                "{" + tensor("a", "F32", "[0]", 0, 0) + "," + tensor("b", "F32", "[3,0]", 0, 0) + ","
                        + tensor("c", "U8", "[1]", 0, 1) + "," + tensor("d", "F4", "[0]", 1, 1) + "}",
                1);
        assertThat(header.entries()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}       ", "{} \n\t\r", "{ }", "{\n}"})
    void acceptsWhiteSpaceInAndAfterTheHeader(String header) throws IOException {
        assertThat(read(header, 0).entries()).isEmpty();
    }

    @Test
    void acceptsKeysInAnyOrderAndUnknownOnes() throws IOException {
        String json = "{\"\\u0061ü\":{\"data_offsets\":[0,1],\"note\":[{\"x\":1}],\"shape\":[1],\"dtype\":\"I8\"}}";
        assertThat(read(json, 1).entries()).containsExactly(new TensorEntry("aü", Dtype.I8, List.of(1L), 0, 1));
    }

    @Test
    void acceptsValuesBelowBytesThatFillThem() throws IOException {
        assertThat(read("{" + tensor("a", "F6_E2M3", "[2,2]", 0, 3) + "}", 3).entries())
                .hasSize(1);
    }

    // Lies about the length.

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7})
    void rejectsFileTooShortForALength(int size) {
        refused(new byte[size], "header length: expected 8 bytes");
    }

    @Test
    void rejectsHeaderLongerThanFile() {
        refused(SafetensorsBytes.file(3, "{}".getBytes(), new byte[0]), "expected at most the 2 bytes that follow");
    }

    @Test
    void rejectsHeaderOverTheCapBeforeAllocatingIt() {
        ByteSource huge = hugeFile(100_000_001);
        assertRefused(() -> SafetensorsHeader.read(huge), Reason.MALFORMED, "expected at most 100000000");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE})
    void rejectsLengthThatOverflows(long length) {
        refused(SafetensorsBytes.file(length, "{}".getBytes(), new byte[0]), "found " + Long.toUnsignedString(length));
    }

    @Test
    void rejectsEmptyHeader() {
        refused(SafetensorsBytes.file(new byte[0], new byte[0]), "found no header");
    }

    // Lies about being JSON.

    @ParameterizedTest
    @ValueSource(strings = {"[]", " {}", "\ufeff{}", "\0{}", "null", "1"})
    void rejectsHeaderThatDoesNotBeginWithABrace(String header) {
        refused(SafetensorsBytes.file(header, 0), "expected { at its beginning");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{}x", "{\"a\"}", "{'a':1}", "{a:1}", "{\"a\":}", "{}\0", "{/**/}", "{\"\u0001\":{}}"})
    void rejectsHeaderThatIsNoJson(String header) {
        refused(SafetensorsBytes.file(header, 0), "header");
    }

    @Test
    void rejectsSecondObjectAfterTheFirst() {
        refused(SafetensorsBytes.file("{}{}", 0), "expected nothing after its JSON object");
    }

    static Stream<byte[]> notUtf8() {
        return Stream.of(
                new byte[] {(byte) 0xff},
                new byte[] {(byte) 0xc0, (byte) 0xaf}, // overlong
                new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, // half of a surrogate pair
                new byte[] {(byte) 0xe2, (byte) 0x82}, // cut off
                new byte[] {(byte) 0xf5, (byte) 0x80, (byte) 0x80, (byte) 0x80}); // beyond Unicode
    }

    @ParameterizedTest
    @MethodSource("notUtf8")
    void rejectsHeaderThatIsNotUtf8(byte[] name) {
        String before = "{\"";
        String after = "\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}";
        byte[] header = ByteBuffer.allocate(before.length() + name.length + after.length())
                .put(before.getBytes())
                .put(name)
                .put(after.getBytes())
                .array();
        refused(SafetensorsBytes.file(header, new byte[0]), "expected UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\udc00", "\\ud800x", "\\ud800\\ud800"})
    void rejectsUnpairedSurrogateInName(String name) {
        refused("{" + tensor(name, "U8", "[0]", 0, 0) + "}", 0, "surrogate");
    }

    @Test
    void rejectsDeepNesting() {
        refused("{\"a\":{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}}", 0, "nesting depth");
    }

    // Lies about keys.

    @Test
    void rejectsTensorNamedTwice() {
        refused("{" + tensor("a", "U8", "[1]", 0, 1) + "," + tensor("a", "U8", "[1]", 1, 2) + "}", 2, "found a twice");
    }

    @Test
    void rejectsTensorNamedTwiceInOtherSpelling() {
        refused(
                "{" + tensor("a", "U8", "[1]", 0, 1) + "," + tensor("\\u0061", "U8", "[1]", 1, 2) + "}",
                2,
                "found a twice");
    }

    @Test
    void rejectsMetadataTwice() {
        refused("{\"__metadata__\":{},\"__metadata__\":{}}", 0, "found __metadata__ twice");
    }

    @Test
    void rejectsMetadataKeyTwice() {
        refused("{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}}", 0, "found k twice");
    }

    @Test
    void rejectsFieldOfTensorTwice() {
        refused("{\"a\":{\"dtype\":\"U8\",\"dtype\":\"I8\",\"shape\":[1],\"data_offsets\":[0,1]}}", 1, "dtype twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "null", "[\"a\"]", "\"text\"", "{\"k\":1}", "{\"k\":null}", "{\"k\":{}}"})
    void rejectsMetadataThatIsNoMapOfStrings(String metadata) {
        refused("{\"__metadata__\":" + metadata + "}", 0, "__metadata__");
    }

    @ParameterizedTest
    @CsvSource({"dtype", "shape", "data_offsets"})
    void rejectsTensorWithoutField(String field) {
        String json = "{" + tensor("a", "U8", "[1]", 0, 1).replace("\"" + field + "\"", "\"other\"") + "}";
        refused(json, 1, "tensor a: expected " + field + ", found none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "null", "[]", "\"F32\""})
    void rejectsTensorThatIsNoObject(String value) {
        refused("{\"a\":" + value + "}", 0, "tensor a: expected START_OBJECT");
    }

    // Lies about dtype and shape.

    @ParameterizedTest
    @ValueSource(strings = {"\"F128\"", "\"f32\"", "\"\"", "1", "null"})
    void rejectsUnknownDtype(String dtype) {
        refused("{\"a\":{\"dtype\":" + dtype + ",\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "tensor a, dtype");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[-1]", "[-0]", "[1.0]", "[1e1]", "[\"1\"]", "[null]", "[[1]]", "[true]", "{}", "null", "4"})
    void rejectsShapeThatIsNoListOfSizes(String shape) {
        refused("{" + tensor("a", "U8", shape, 0, 1) + "}", 1, "tensor a, shape");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[9223372036854775808]",
                "[18446744073709551616]",
                "[100000000000000000000000000000]",
                "[4294967296,4294967296]",
                "[9223372036854775807,2]",
                "[2305843009213693952]"
            })
    void rejectsSizeThatOverflows(String shape) {
        refused("{" + tensor("a", "F32", shape, 0, 0) + "}", 0, "tensor a, shape");
    }

    @Test
    void rejectsNumberTooLongToBeOne() {
        refused("{" + tensor("a", "U8", "[" + "9".repeat(10_000) + "]", 0, 0) + "}", 0, "header");
    }

    @Test
    void rejectsValuesThatDoNotFillBytes() {
        refused("{" + tensor("a", "F4", "[3]", 0, 2) + "}", 2, "values that fill whole bytes, found 12 bits");
    }

    @ParameterizedTest
    @CsvSource({"F32, [2], 0, 7", "F32, [2], 0, 9", "F32, [], 0, 0", "F64, [0], 0, 8", "BF16, [3], 0, 3"})
    void rejectsSizeThatIsNotShapeTimesDtype(String dtype, String shape, int begin, int end) {
        refused("{" + tensor("a", dtype, shape, begin, end) + "}", end, "tensor a, data_offsets: expected");
    }

    @Test
    void refusesMoreDimensionsThanAnyModelHas() {
        String ones = "1" + ",1".repeat(256);
        assertRefused(
                () -> read("{" + tensor("a", "U8", "[" + ones + "]", 0, 1) + "}", 1),
                Reason.REFUSED,
                "tensor a, shape: expected at most 256 entries");
    }

    @Test
    void refusesMoreTensorsThanAnyModelHas() {
        var header = new StringBuilder("{" + tensor("t", "U8", "[0]", 0, 0));
        for (int i = 0; i < 500_000; i++) {
            header.append(',').append(tensor("" + i, "U8", "[0]", 0, 0));
        }
        assertRefused(() -> read(header + "}", 0), Reason.REFUSED, "header: expected at most 500000 entries");
    }

    // Lies about where the data is.

    @ParameterizedTest
    @ValueSource(
            strings = {"[]", "[0]", "[0,1,2]", "[0,1.0]", "[-1,0]", "[\"0\",\"1\"]", "null", "[0,9223372036854775808]"})
    void rejectsOffsetsThatAreNoRange(String offsets) {
        refused("{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":" + offsets + "}}", 1, "data_offsets");
    }

    @Test
    void rejectsEndBeforeBegin() {
        refused("{" + tensor("a", "U8", "[1]", 1, 0) + "}", 1, "expected begin not after end");
    }

    @Test
    void rejectsHoleAtTheBeginning() {
        refused("{" + tensor("a", "U8", "[1]", 1, 2) + "}", 2, "a hole");
    }

    @Test
    void rejectsHoleBetweenTensors() {
        refused("{" + tensor("a", "U8", "[1]", 0, 1) + "," + tensor("b", "U8", "[1]", 2, 3) + "}", 3, "a hole");
    }

    @Test
    void rejectsOverlap() {
        refused("{" + tensor("a", "U8", "[2]", 0, 2) + "," + tensor("b", "U8", "[2]", 1, 3) + "}", 3, "an overlap");
    }

    @Test
    void rejectsTwoTensorsInOnePlace() {
        refused("{" + tensor("a", "U8", "[2]", 0, 2) + "," + tensor("b", "I8", "[2]", 0, 2) + "}", 2, "an overlap");
    }

    @Test
    void rejectsEmptyTensorOutOfPlace() {
        refused("{" + tensor("a", "U8", "[4]", 0, 4) + "," + tensor("b", "U8", "[0]", 2, 2) + "}", 4, "an overlap");
    }

    @Test
    void rejectsBytesAfterTheLastTensor() {
        refused("{" + tensor("a", "U8", "[1]", 0, 1) + "}", 2, "data: expected 1 bytes after the header, found 2");
    }

    @Test
    void rejectsBytesAfterHeaderWithoutTensors() {
        refused("{}", 1, "data: expected 0 bytes after the header, found 1");
    }

    @Test
    void rejectsDataThatIsCutOff() {
        refused("{" + tensor("a", "U8", "[2]", 0, 2) + "}", 1, "data: expected 2 bytes after the header, found 1");
    }

    static String tensor(String name, String dtype, String shape, long begin, long end) {
        return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                .formatted(name, dtype, shape, begin, end);
    }

    private static SafetensorsHeader read(String header, int dataSize) throws IOException {
        return SafetensorsHeader.read(
                MemoryStorage.source("model.safetensors", SafetensorsBytes.file(header, dataSize)));
    }

    private static void refused(String header, int dataSize, String words) {
        refused(SafetensorsBytes.file(header.getBytes(StandardCharsets.UTF_8), new byte[dataSize]), words);
    }

    private static void refused(byte[] file, String words) {
        assertRefused(
                () -> SafetensorsHeader.read(MemoryStorage.source("model.safetensors", file)), Reason.MALFORMED, words);
    }

    /** A file that says it is large enough for its header, and fails when that is really read. */
    private static ByteSource hugeFile(long headerLength) {
        return new ByteSource() {
            @Override
            public String name() {
                return "model.safetensors";
            }

            @Override
            public long size() {
                return Long.MAX_VALUE;
            }

            @Override
            public void read(long offset, ByteBuffer target) {
                assertThat(target.remaining()).isEqualTo(8);
                target.putLong(headerLength);
            }
        };
    }
}
