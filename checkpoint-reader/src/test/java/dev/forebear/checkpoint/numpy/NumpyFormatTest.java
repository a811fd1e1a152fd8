package dev.forebear.checkpoint.numpy;

import static dev.forebear.checkpoint.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.Golden;
import dev.forebear.checkpoint.MemoryStorage;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.zip.ZipBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumpyFormatTest {

    // Honest files.

    @ParameterizedTest
    @ValueSource(strings = {"weights.npz", "version3.npy"})
    void readsEveryTensor(String file) throws IOException {
        var storage = new MemoryStorage().with(file, Golden.resource("numpy/" + file));
        assertThat(Golden.lines(tensors(storage))).isEqualTo(Golden.of("numpy", file));
    }

    @Test
    void mergesSeveralArchives() throws IOException {
        var storage = new MemoryStorage()
                .with(
                        "weights.01.npz",
                        new ZipBytes()
                                .stored("a.npy", array("'<f4'", "False", "(3,)", 12))
                                .bytes())
                .with(
                        "weights.00.npz",
                        new ZipBytes()
                                .stored("b.npy", array("'<f4'", "False", "(3,)", 12))
                                .bytes());
        assertThat(tensors(storage)).extracting(Tensor::name).containsExactly("a", "b");
    }

    // Files of other kinds.

    @Test
    void doesNotReadCompressedArchives() throws IOException {
        var storage = new MemoryStorage().with("w.npz", Golden.resource("numpy/compressed.npz"));
        assertRefused(() -> tensors(storage), Reason.UNSUPPORTED, "a.npy: expected stored bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'>f4'", "'|O'", "'|V2'", "'<U4'", "'<f16'"})
    void doesNotReadOtherDtypes(String dtype) {
        refused(array(dtype, "False", "(3,)", 12), Reason.UNSUPPORTED, "a little-endian numeric dtype, found");
    }

    // Lies.

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 11, 12, 40})
    void rejectsHeaderThatIsCutOff(int size) {
        refused(Arrays.copyOf(array("'<f4'", "False", "(3,)", 12), size), Reason.MALFORMED, "header: expected");
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "6, 0", "6, 4"})
    void rejectsWhatIsNoArray(int at, byte value) {
        byte[] file = array("'<f4'", "False", "(3,)", 12);
        file[at] = value;
        refused(file, Reason.MALFORMED, "expected an array of version 1 to 3");
    }

    @Test
    void rejectsHeaderOverTheCapBeforeAllocatingIt() {
        byte[] file = array("'<f4'", "False", "(3,)", 12);
        file[6] = 2;
        Arrays.fill(file, 8, 12, (byte) 0xff);
        refused(file, Reason.MALFORMED, "header: expected at most 10000 bytes, found 4294967295");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"(-1,)", "(1.5,)", "[3]", "(3,", "((3,),)", "('3',)", "(3,),'shape':(4,)", "(__import__('os'),)"
            })
    void rejectsShapeThatNumpyDoesNotWrite(String shape) {
        refused(array("'<f4'", "False", shape, 12), Reason.MALFORMED, "as NumPy writes them");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(9223372036854775808,)", "(99999999999999999999,)", "(4294967296, 4294967296)", "(3 4,)"})
    void rejectsSizeThatOverflows(String shape) {
        refused(array("'<f4'", "False", shape, 12), Reason.MALFORMED, "that fit");
    }

    @Test
    void rejectsMoreDimensionsThanAnyTensorHas() {
        refused(array("'<f4'", "False", "(" + "1,".repeat(257) + ")", 4), Reason.MALFORMED, "at most 256 sizes");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 11, 13})
    void rejectsOtherNumberOfValues(int bytes) {
        refused(
                array("'<f4'", "False", "(3,)", bytes),
                Reason.MALFORMED,
                "values: expected 12 bytes for F32 [3], found");
    }

    @Test
    void rejectsArchiveOfOtherThings() {
        byte[] zip = new ZipBytes().stored("a.pkl", "N.").bytes();
        assertRefused(
                () -> tensors(new MemoryStorage().with("w.npz", zip)),
                Reason.MALFORMED,
                "arrays (*.npy) only, found a.pkl");
    }

    @Test
    void rejectsTensorInTwoArchives() {
        byte[] zip = new ZipBytes()
                .stored("a.npy", array("'<f4'", "False", "(3,)", 12))
                .bytes();
        assertRefused(
                () -> tensors(new MemoryStorage().with("1.npz", zip).with("2.npz", zip)),
                Reason.MALFORMED,
                "tensor a: expected in one file, found in two");
    }

    /** Whatever a damaged file says, it is refused or its tensors can be read: nothing else is thrown. */
    @Test
    void survivesTruncationAndBitFlips() throws IOException {
        byte[] file = Golden.resource("numpy/weights.npz");
        var random = new Random(17);
        int refused = 0;
        for (int round = 0; round < 2_000; round++) {
            byte[] damaged = round % 8 == 0 ? Arrays.copyOf(file, random.nextInt(file.length)) : file.clone();
            for (int flips = 1 + round % 3; damaged.length > 0 && flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            refused += readable(damaged) ? 0 : 1;
        }
        assertThat(refused).isBetween(500, 1_999);
    }

    private static boolean readable(byte[] file) throws IOException {
        try {
            for (Tensor tensor : tensors(new MemoryStorage().with("w.npz", file))) {
                Golden.values(tensor);
            }
            return true;
        } catch (CheckpointException expected) {
            return false;
        }
    }

    private static List<Tensor> tensors(MemoryStorage storage) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(storage)) {
            return checkpoint.tensors();
        }
    }

    private static byte[] array(String dtype, String columnsFirst, String shape, int bytes) {
        byte[] text = "{'descr': %s, 'fortran_order': %s, 'shape': %s, }\n"
                .formatted(dtype, columnsFirst, shape)
                .getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(10 + text.length + bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("\u0093NUMPY\u0001\u0000".getBytes(StandardCharsets.ISO_8859_1))
                .putShort((short) text.length)
                .put(text)
                .array();
    }

    private static void refused(byte[] array, Reason reason, String words) {
        assertRefused(() -> tensors(new MemoryStorage().with("a.npy", array)), reason, words);
    }
}
