package dev.forebear.checkpoint.onnx;

import static dev.forebear.checkpoint.Refusal.assertRefused;
import static dev.forebear.checkpoint.onnx.OnnxBytes.external;
import static dev.forebear.checkpoint.onnx.OnnxBytes.model;
import static dev.forebear.checkpoint.onnx.OnnxBytes.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.Golden;
import dev.forebear.checkpoint.MemoryStorage;
import dev.forebear.checkpoint.Tensor;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxFormatTest {

    private static final int F32 = 1;

    // Honest files.

    @ParameterizedTest
    @ValueSource(strings = {"raw.onnx", "typed.onnx", "single.onnx", "external.onnx"})
    void readsEveryTensor(String file) throws IOException {
        var storage = new MemoryStorage()
                .with(file, Golden.resource("onnx/" + file))
                .with("external.data", Golden.resource("onnx/external.data"));
        assertThat(Golden.lines(tensors(storage))).isEqualTo(Golden.of("onnx", file));
    }

    @Test
    void readsEmptyTensorWithoutValues() throws IOException {
        assertThat(tensors(one(model(tensor("a", F32, 0, 3))))).hasSize(1);
    }

    @Test
    void prefersTheModelOfTheUsualName() throws IOException {
        MemoryStorage storage = one(model(tensor("a", F32, 0))).with("other.onnx", model(tensor("b", F32, 0)));
        assertThat(tensors(storage)).extracting(Tensor::name).containsExactly("a");
    }

    // Files of other kinds.

    @Test
    void doesNotGuessWhichOfSeveralModelsIsMeant() {
        MemoryStorage storage = new MemoryStorage().with("1.onnx", new byte[1]).with("2.onnx", new byte[1]);
        assertRefused(
                () -> tensors(storage), Reason.UNSUPPORTED, "expected one ONNX model, found 2, among them 1.onnx");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 21, 22, 99})
    void doesNotReadOtherDtypes(int type) {
        refused(model(tensor("a", type, 3)), Reason.UNSUPPORTED, "tensor a: expected a numeric dtype of whole bytes");
    }

    @Test
    void doesNotReadSparseTensors() {
        byte[] model = new OnnxBytes()
                .message(7, new OnnxBytes().bytes(15, new byte[3]))
                .toArray();
        refused(model, Reason.UNSUPPORTED, "expected plain tensors, found a sparse one");
    }

    // Lies of the wire.

    @ParameterizedTest
    @ValueSource(longs = {13, 1L << 32, Long.MAX_VALUE, -1})
    void rejectsLengthBeyondTheEndBeforeAllocatingIt(long length) {
        refused(
                new OnnxBytes().bytes(7, length, new byte[12]).toArray(),
                Reason.MALFORMED,
                "expected at most the 12 bytes");
        OnnxBytes inner = tensor("a", F32, 3).bytes(9, length, new byte[12]);
        refused(model(inner), Reason.MALFORMED, "expected at most the 12 bytes that follow");
    }

    @Test
    void rejectsNumberThatDoesNotEnd() {
        var bytes = new byte[30];
        Arrays.fill(bytes, (byte) 0xff);
        refused(bytes, Reason.MALFORMED, "expected a number of at most ten bytes");
        refused(Arrays.copyOf(bytes, 5), Reason.MALFORMED, "expected a field that ends by byte 5");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 3", "1, 4", "1, 6", "1, 7"})
    void rejectsFieldOfNoKind(int field, int type) {
        byte[] bytes =
                new OnnxBytes().varint((long) field << 3 | type).varint(1).toArray();
        refused(bytes, Reason.MALFORMED, "expected a field");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 14})
    void rejectsBytesInPlaceOfANumber(int field) {
        refused(model(new OnnxBytes().bytes(field, new byte[3])), Reason.MALFORMED, "a number in field " + field);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 13})
    void rejectsNumberInPlaceOfBytes(int field) {
        refused(model(new OnnxBytes().number(field, 1)), Reason.MALFORMED, "bytes in field " + field);
    }

    @Test
    void rejectsGraphThatIsNoMessage() {
        refused(new OnnxBytes().number(7, 1).toArray(), Reason.MALFORMED, "bytes in field 7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text"})
    void rejectsFileWithoutInitialisers(String content) {
        refused(new OnnxBytes().text(2, content).toArray(), Reason.MALFORMED, "a graph with initialisers, found none");
    }

    // Lies of a tensor.

    @ParameterizedTest
    @ValueSource(ints = {0, 11, 13})
    void rejectsOtherNumberOfValues(int bytes) {
        refused(
                model(tensor("a", F32, 3).bytes(9, new byte[bytes])),
                Reason.MALFORMED,
                "tensor a: expected 12 bytes for F32 [3], found " + bytes);
    }

    @Test
    void rejectsTensorWithoutValues() {
        refused(model(tensor("a", F32, 3)), Reason.MALFORMED, "tensor a: expected 12 bytes for F32 [3], found 0");
    }

    @ParameterizedTest
    @CsvSource({"4294967296, 4294967296", "9223372036854775807, 2", "2305843009213693952, 1"})
    void rejectsSizeThatOverflows(long first, long second) {
        refused(
                model(tensor("a", F32, first, second)),
                Reason.MALFORMED,
                "tensor a: expected a size that fits 63 bits");
    }

    @Test
    void rejectsNegativeSize() {
        refused(model(tensor("a", F32, -1)), Reason.MALFORMED, "tensor a: expected sizes from 0 on");
    }

    @Test
    void rejectsMoreDimensionsThanAnyTensorHas() {
        refused(model(tensor("a", F32, new long[257])), Reason.MALFORMED, "expected at most 256 sizes");
    }

    @Test
    void rejectsValuesOfAnotherDtype() {
        refused(model(tensor("a", 10, 6).bytes(4, new byte[12])), Reason.MALFORMED, "expected values of F16");
    }

    @Test
    void rejectsValuesInTwoPlaces() {
        OnnxBytes twice = tensor("a", F32, 3).bytes(9, new byte[12]).bytes(4, new byte[12]);
        refused(model(twice), Reason.MALFORMED, "expected the values of a tensor in one piece");
    }

    @Test
    void rejectsSegmentOfATensor() {
        refused(model(tensor("a", F32, 3).bytes(3, new byte[2])), Reason.MALFORMED, "expected whole tensors");
    }

    @Test
    void rejectsNameUsedTwiceOrMissing() {
        refused(model(tensor("a", F32, 0), tensor("a", F32, 0)), Reason.MALFORMED, "found 'a' twice");
        refused(model(tensor("", F32, 0)), Reason.MALFORMED, "no name");
    }

    // Lies about external data.

    @ParameterizedTest
    @ValueSource(strings = {"../w.data", "/etc/passwd", "a/../../w.data", "C:\\w.data", ""})
    void refusesExternalDataOutsideTheCheckpoint(String location) {
        refused(model(external("location", location)), Reason.REFUSED, "expected a relative file name");
    }

    @Test
    void missesExternalData() {
        refused(model(external("location", "other.data")), Reason.MISSING, "other.data");
    }

    @ParameterizedTest
    @CsvSource({"1, 12", "0, 13", "-1, 12", "9223372036854775807, 12", "0, -1"})
    void rejectsExternalDataOutsideItsFile(String offset, String length) {
        OnnxBytes tensor = external("location", "w.data", "offset", offset, "length", length);
        refused(model(tensor), Reason.MALFORMED, "w.data: expected a range within 12 bytes");
    }

    @Test
    void rejectsExternalDataOfAnotherSize() {
        OnnxBytes tensor = external("location", "w.data", "length", "8");
        refused(model(tensor), Reason.MALFORMED, "tensor a: expected 12 bytes for F32 [3], found 8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "", "1e3", "99999999999999999999"})
    void rejectsOffsetThatIsNoNumber(String offset) {
        OnnxBytes tensor = external("location", "w.data", "offset", offset);
        refused(model(tensor), Reason.MALFORMED, "tensor a: expected a number as offset of its external data");
    }

    @Test
    void rejectsKeyOfExternalDataUsedTwice() {
        OnnxBytes tensor = external("location", "w.data", "location", "other.data");
        refused(model(tensor), Reason.MALFORMED, "a few keys of external data, each once");
    }

    // What would fill the memory or the time.

    @Test
    void refusesWeightsWrittenOneByOne() {
        OnnxBytes tensor = tensor("a", 7, 2_000_001).bytes(7, new byte[2_000_001]);
        refused(model(tensor), Reason.REFUSED, "expected at most 2000000 values that are written one by one");
    }

    @Test
    void refusesNameOfAbsurdLength() {
        refused(model(tensor("a".repeat(10_001), F32, 0)), Reason.REFUSED, "expected a name of at most 10000 bytes");
    }

    @Test
    void refusesMoreFieldsThanAnyModelHas() {
        refused(new byte[10_000_002], new byte[] {8, 1}, Reason.REFUSED, "expected at most 5000000 fields");
    }

    @Test
    void refusesSmallFileThatSaysItIsALargeModel() {
        var tensors = new OnnxBytes[100];
        for (int i = 0; i < tensors.length; i++) {
            tensors[i] = tensor("t" + i, F32, 2_500)
                    .number(14, 1)
                    .message(13, new OnnxBytes().text(1, "location").text(2, "large.data"));
        }
        MemoryStorage storage = one(model(tensors)).with("large.data", new byte[10_000]);
        assertRefused(() -> tensors(storage), Reason.REFUSED, "expected tensors of at most 16 times the");
    }

    /** Whatever a damaged file says, it is refused or its tensors can be read: nothing else is thrown. */
    @ParameterizedTest
    @ValueSource(strings = {"raw.onnx", "typed.onnx", "single.onnx", "external.onnx"})
    void survivesTruncationAndBitFlips(String name) throws IOException {
        byte[] file = Golden.resource("onnx/" + name);
        var random = new Random(19);
        int refused = 0;
        for (int round = 0; round < 1_000; round++) {
            byte[] damaged = round % 8 == 0 ? Arrays.copyOf(file, random.nextInt(file.length)) : file.clone();
            for (int flips = 1 + round % 3; damaged.length > 0 && flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            refused += readable(damaged) ? 0 : 1;
        }
        assertThat(refused).isBetween(200, 999);
    }

    private static boolean readable(byte[] file) throws IOException {
        try {
            for (Tensor tensor : tensors(one(file).with("external.data", new byte[600]))) {
                Golden.values(tensor);
            }
            return true;
        } catch (CheckpointException expected) {
            return false;
        }
    }

    private static MemoryStorage one(byte[] model) {
        return new MemoryStorage().with("model.onnx", model).with("w.data", new byte[12]);
    }

    private static List<Tensor> tensors(MemoryStorage storage) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(storage)) {
            return checkpoint.tensors();
        }
    }

    private static void refused(byte[] model, Reason reason, String words) {
        assertRefused(() -> tensors(one(model)), reason, words);
    }

    private static void refused(byte[] model, byte[] repeated, Reason reason, String words) {
        for (int i = 0; i < model.length; i++) {
            model[i] = repeated[i % repeated.length];
        }
        refused(model, reason, words);
    }
}
