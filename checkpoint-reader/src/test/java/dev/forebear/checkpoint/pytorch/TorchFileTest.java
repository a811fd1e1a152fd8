package dev.forebear.checkpoint.pytorch;

import static dev.forebear.checkpoint.Refusal.assertRefused;
import static dev.forebear.checkpoint.pytorch.TorchPickle.F32;
import static dev.forebear.checkpoint.pytorch.TorchPickle.archive;
import static dev.forebear.checkpoint.pytorch.TorchPickle.dictionary;
import static dev.forebear.checkpoint.pytorch.TorchPickle.file;
import static dev.forebear.checkpoint.pytorch.TorchPickle.storage;
import static dev.forebear.checkpoint.pytorch.TorchPickle.stream;
import static dev.forebear.checkpoint.pytorch.TorchPickle.tensor;
import static dev.forebear.checkpoint.pytorch.TorchPickle.text;
import static dev.forebear.checkpoint.pytorch.TorchPickle.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.Golden;
import dev.forebear.checkpoint.MemoryStorage;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.zip.ZipBytes;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TorchFileTest {

    private static final String MACHINE = dictionary("little_endian", "\u0088");

    // Honest files.

    @Test
    void readsTensorsThatShareAStorage() throws IOException {
        assertThat(names(file(dictionary("a", vector("0", 3), "b", vector("0", 3)), 12)))
                .containsExactly("a", "b");
    }

    @Test
    void readsEntriesOfTrainingCheckpoints() throws IOException {
        String weights = dictionary("module.b", vector("0", 3), "module.a", vector("0", 3), "module.steps", "K\u0001");
        String training =
                dictionary("epoch", "K\u0001", "optimizer", dictionary("x", vector("0", 3)), "model", weights);
        assertThat(names(file(training, 12))).containsExactly("a", "b");
    }

    @Test
    void joinsNamesOfNestedDictionaries() throws IOException {
        String nested = dictionary("encoder", dictionary("layer", dictionary("weight", vector("0", 3))));
        assertThat(names(file(nested, 12))).containsExactly("encoder.layer.weight");
    }

    @Test
    void readsStream() throws IOException {
        assertThat(names(stream(dictionary("a", vector("0", 3), "b", vector("1", 2)), MACHINE, 3, 2)))
                .containsExactly("a", "b");
    }

    @Test
    void readsViewOfStreamedStorage() throws IOException {
        String view =
                "(" + text("storage") + F32 + text("0") + text("cpu") + "K\u0005(" + text("v") + "K\u0002K\u0003ttQ";
        String pickle = dictionary("a", tensor(view, 1, new long[] {2}, new long[] {1}));
        assertThat(names(stream(pickle, MACHINE, 5))).containsExactly("a");
    }

    // Files of other kinds.

    @ParameterizedTest
    @ValueSource(strings = {"cos\nsystem\nVid\n\u0085R", "cmodels\nNet\n)\u0081}b"})
    void reportsFileThatWouldRunCode(String pickle) {
        refused(file(pickle), Reason.UNSAFE, "model.pt: model/data.pkl: pickle, byte");
        refused(
                file(dictionary("a", vector("0", 3), "b", pickle), 12),
                Reason.UNSAFE,
                "an unsafe file that would call");
        refused(stream(pickle, MACHINE), Reason.UNSAFE, "model.pt: pickle, byte");
    }

    @Test
    void doesNotReadPrograms() {
        byte[] program = archive(dictionary("a", vector("0", 3)), 12)
                .stored("model/constants.pkl", ").")
                .bytes();
        refused(program, Reason.UNSUPPORTED, "expected weights, found a TorchScript program");
    }

    @Test
    void doesNotReadBigEndianFiles() {
        byte[] big = archive(dictionary("a", vector("0", 3)), 12)
                .stored("model/byteorder", "big")
                .bytes();
        refused(big, Reason.UNSUPPORTED, "byteorder: expected little, found big");
        String machine = dictionary("little_endian", "\u0089");
        refused(stream(dictionary("a", vector("0", 3)), machine, 3), Reason.UNSUPPORTED, "found big");
    }

    @Test
    void doesNotReadOtherPickles() {
        refused(
                "]K\u0001a.".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1),
                Reason.UNSUPPORTED,
                "found another pickle");
    }

    @Test
    void doesNotReadCompressedWeights() {
        byte[] zip = new ZipBytes()
                .stored("model/data.pkl", dictionary("a", vector("0", 100)) + ".")
                .deflated("model/data/0", new byte[400])
                .bytes();
        refused(zip, Reason.UNSUPPORTED, "model/data/0: expected stored bytes, found compression method 8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"_rebuild_qtensor", "_rebuild_sparse_tensor", "_rebuild_meta_tensor_no_storage"})
    void doesNotReadTensorsOfOtherKinds(String function) {
        refused(
                file(dictionary("a", "ctorch._utils\n" + function + "\n)R")),
                Reason.UNSUPPORTED,
                "tensor a: expected a plain tensor, found torch._utils." + function);
    }

    @Test
    void doesNotReadTensorLargerThanWhatIsStored() {
        String expanded = tensor(storage("0", F32, 1), 0, new long[] {1L << 40}, new long[] {0});
        refused(file(dictionary("a", expanded), 4), Reason.UNSUPPORTED, "found 1099511627776 values of 1 stored ones");
    }

    // Lies of the archive.

    @Test
    void rejectsSecondFolder() {
        byte[] zip = archive(dictionary("a", vector("0", 3)), 12)
                .stored("other/data.pkl", ".")
                .bytes();
        refused(zip, Reason.MALFORMED, "expected all entries in one folder, found other/data.pkl");
    }

    @Test
    void rejectsArchiveWithoutPickle() {
        refused(new ZipBytes().stored("model/x", "x").bytes(), Reason.MALFORMED, "expected a data.pkl, found none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "x", "../data.pkl", ""})
    void rejectsStorageThatIsNotThere(String key) {
        refused(
                file(dictionary("a", vector(key, 3)), 12),
                Reason.MALFORMED,
                "storage " + key + ": expected 12 bytes, found no entry");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 11, 13, 24})
    void rejectsStorageOfAnotherSize(int size) {
        refused(
                file(dictionary("a", vector("0", 3)), size),
                Reason.MALFORMED,
                "storage 0: expected 12 bytes, found " + size);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 4611686018427387904L, Long.MAX_VALUE, Long.MIN_VALUE})
    void rejectsStorageOfAbsurdSize(long values) {
        String absurd = tensor(storage("0", F32, values), 0, new long[] {1}, new long[] {1});
        refused(file(dictionary("a", absurd), 4), Reason.MALFORMED, "tensor a: expected");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NQ",
                "(tQ",
                "(Vstorage\ntQ",
                "(Vmodule\nctorch\nFloatStorage\nV0\nVcpu\nK\u0001tQ",
                "(Vstorage\nctorch\nfloat32\nV0\nVcpu\nK\u0001tQ",
                "(Vstorage\nVFloatStorage\nV0\nVcpu\nK\u0001tQ",
                "(Vstorage\nctorch\nFloatStorage\nK\u0000Vcpu\nK\u0001tQ",
                "(Vstorage\nctorch\nFloatStorage\nV0\nVcpu\nNtQ",
                "(Vstorage\nctorch\nFloatStorage\nV0\nVcpu\nK\u0001K\u0001tQ",
                "(Vstorage\nctorch\nFloatStorage\nV0\nVcpu\nK\u0001(Vv\nK\u0000K\u0002ttQ",
                "(Vstorage\nctorch\nFloatStorage\nV0\nVcpu\nK\u0001(Vv\nJ\u00ff\u00ff\u00ff\u00ffK\u0001ttQ",
                "N"
            })
    void rejectsWhatIsNoStorage(String storage) {
        String pickle = dictionary("a", tensor(storage, 0, new long[] {1}, new long[] {1}));
        refused(file(pickle, 4), Reason.MALFORMED, "tensor a: expected");
    }

    // Lies of a tensor.

    @ParameterizedTest
    @CsvSource({
        "1, 3, 1",
        "0, 4, 1",
        "0, 2, 3",
        "3, 1, 1",
        "-1, 1, 1",
        "0, -1, 1",
        "0, 2, -1",
        "9223372036854775807, 2, 1",
        "0, 9223372036854775807, 9223372036854775807",
        "0, 2, 4611686018427387904"
    })
    void rejectsValuesOutsideTheStorage(long offset, long size, long stride) {
        String pickle = dictionary("a", tensor(storage("0", F32, 3), offset, new long[] {size}, new long[] {stride}));
        refused(file(pickle, 12), Reason.MALFORMED, "tensor a: expected");
    }

    @ParameterizedTest
    @CsvSource({"'', '1'", "'3', ''", "'1,3', '1'", "'3', '1,3'"})
    void rejectsOtherNumberOfStridesThanSizes(String shape, String strides) {
        String pickle = dictionary("a", tensor(storage("0", F32, 3), 0, longs(shape), longs(strides)));
        refused(file(pickle, 12), Reason.MALFORMED, "tensor a: expected sizes with as many strides");
    }

    @Test
    void rejectsMoreDimensionsThanAnyTensorHas() {
        var ones = new long[257];
        Arrays.fill(ones, 1);
        String pickle = dictionary("a", tensor(storage("0", F32, 3), 0, ones, ones));
        refused(file(pickle, 12), Reason.MALFORMED, "tensor a: expected sizes with as many strides, found 257 sizes");
    }

    @Test
    void rejectsSizeThatOverflowsThoughOneDimensionIsEmpty() {
        var shape = new long[] {1L << 40, 1L << 40, 0};
        String pickle = dictionary("a", tensor(storage("0", F32, 3), 0, shape, new long[3]));
        refused(file(pickle, 12), Reason.MALFORMED, "tensor a: expected a size that fits 63 bits");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ctorch._utils\n_rebuild_tensor_v2\n)R",
                "ctorch._utils\n_rebuild_tensor_v2\nNR",
                "ctorch._utils\n_rebuild_parameter\n)R",
                "ctorch._utils\n_rebuild_parameter\nN\u0085R",
                "ctorch._tensor\n_rebuild_from_type_v2\nctorch._utils\n_rebuild_tensor_v2\n\u0085R",
                "ctorch._tensor\n_rebuild_from_type_v2\nctorch._utils\n_rebuild_tensor_v2\nctorch\nTensor\n)\u0087R"
            })
    void rejectsTensorWithoutItsParts(String value) {
        refused(file(dictionary("a", value)), Reason.MALFORMED, "tensor a: expected");
    }

    @Test
    void rejectsWrappersInsideEachOther() {
        String wrapped = "ctorch._utils\n_rebuild_parameter\n".repeat(20) + vector("0", 3) + "\u0085R".repeat(20);
        refused(file(dictionary("a", wrapped), 12), Reason.MALFORMED, "tensor a: expected a tensor inside");
    }

    @ParameterizedTest
    @ValueSource(strings = {"}", "N", "]", "}Va\nK\u0001s", "}Vmodel\n}s"})
    void rejectsFileWithoutTensors(String pickle) {
        refused(file(pickle), Reason.MALFORMED, "expected a dictionary of tensors, found none");
    }

    @Test
    void rejectsNameUsedTwice() {
        String pickle = dictionary("a.b", vector("0", 3), "a", dictionary("b", vector("0", 3)));
        refused(file(pickle, 12), Reason.MALFORMED, "tensor a.b: expected once, found twice");
    }

    // Lies of a stream.

    @Test
    void rejectsStreamOfAnotherVersion() {
        byte[] file = stream(dictionary("a", vector("0", 3)), MACHINE, 3);
        file[30] = '2';
        refused(file, Reason.MALFORMED, "expected version 1001, found another");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void rejectsStreamedStorageOfAnotherSize(int values) {
        refused(
                stream(dictionary("a", vector("0", 3)), MACHINE, values),
                Reason.MALFORMED,
                "storage 0: expected 3 values, found " + values);
    }

    @Test
    void rejectsStreamedStorageThatThePickleDoesNotTellOf() {
        refused(
                stream(dictionary("a", vector("0", 3)), MACHINE, 3, 3),
                Reason.MALFORMED,
                "storage 1: expected one that the pickle tells of once");
    }

    @Test
    void rejectsStreamWithoutAStorage() {
        refused(stream(dictionary("a", vector("0", 3)), MACHINE), Reason.MALFORMED, "storage 0: expected 12 bytes");
    }

    @Test
    void rejectsStreamThatIsCutOffOrGoesOn() {
        byte[] file = stream(dictionary("a", vector("0", 3)), MACHINE, 3);
        refused(Arrays.copyOf(file, file.length - 1), Reason.MALFORMED, "expected a range within");
        refused(Arrays.copyOf(file, file.length - 13), Reason.MALFORMED, "expected a range within");
        refused(Arrays.copyOf(file, file.length + 1), Reason.MALFORMED, "expected the file to end at byte");
    }

    @Test
    void rejectsStreamWithoutMachineOrKeys() {
        refused(stream(dictionary("a", vector("0", 3)), "N", 3), Reason.MALFORMED, "a dictionary about the machine");
        refused(
                stream(dictionary("a", vector("0", 3)) + ".N.", MACHINE),
                Reason.MALFORMED,
                "a list of keys of storages");
    }

    // What would fill the memory or the time.

    @Test
    void refusesDictionaryInsideItself() {
        refused(file("}q\u0000Va\nh\u0000s"), Reason.REFUSED, "at most 16 dictionaries inside each other");
    }

    @Test
    void refusesDictionariesThatMultiply() {
        var pickle = new StringBuilder("}q\u00000");
        for (int level = 0; level < 15; level++) {
            pickle.append("}(");
            for (int i = 0; i < 10; i++) {
                pickle.append(text("" + i)).append("h").append((char) level);
            }
            pickle.append("uq").append((char) (level + 1)).append('0');
        }
        refused(file(pickle + "h\u000f"), Reason.REFUSED, "at most 3000000 entries");
    }

    @Test
    void refusesNamesOfAbsurdLength() {
        refused(
                file(dictionary("a".repeat(600), dictionary("b".repeat(600), vector("0", 3))), 12),
                Reason.REFUSED,
                "at most 1000 characters in a name");
    }

    @Test
    void refusesSmallFileThatSaysItIsALargeModel() {
        var names = new String[34];
        for (int i = 0; i < names.length; i += 2) {
            names[i] = "t" + i;
            names[i + 1] = vector("0", 3);
        }
        refused(file(dictionary(names), 12), Reason.REFUSED, "expected tensors of at most 16 times the 12 bytes");
    }

    @Test
    void doesNotReadValuesSpreadOverTheWholeFile() throws IOException {
        int side = 6_000;
        String transposed =
                tensor(storage("0", F32, (long) side * side), 0, new long[] {side, side}, new long[] {1, side});
        byte[] file = file(dictionary("a", transposed), 4 * side * side);
        Tensor tensor =
                TorchFile.tensors(MemoryStorage.source("model.pt", file)).getFirst();
        assertRefused(
                () -> tensor.read(0, side, new float[side], 0),
                Reason.UNSUPPORTED,
                "tensor a: expected values in the order of their indices, found 6000 of them spread over");
    }

    @ParameterizedTest
    @CsvSource({"-1, 1, 0", "0, 4, 0", "3, 1, 0", "0, 3, 1", "0, -1, 0", "9223372036854775807, 3, 0"})
    void refusesRangesOutsideTheTensor(long first, int count, int at) throws IOException {
        byte[] file = file(dictionary("a", vector("0", 3)), 12);
        Tensor tensor =
                TorchFile.tensors(MemoryStorage.source("model.pt", file)).getFirst();
        assertThatThrownBy(() -> tensor.read(first, count, new float[3], at))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** Whatever a damaged file says, it is refused or its tensors can be read: nothing else is thrown. */
    @ParameterizedTest
    @CsvSource({
        "protocol2.pt, 1000",
        "protocol5.pt, 1000",
        "views.pt, 1000",
        "stream.pt, 1000",
        "tar.pt, 1000",
        "deflated.pt, 300"
    })
    void survivesTruncationAndBitFlips(String name, int rounds) throws IOException {
        byte[] file = Golden.resource("pytorch/" + name);
        var random = new Random(13);
        int refused = 0;
        for (int round = 0; round < rounds; round++) {
            byte[] damaged = round % 8 == 0 ? Arrays.copyOf(file, random.nextInt(file.length)) : file.clone();
            for (int flips = 1 + round % 3; damaged.length > 0 && flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            refused += readable(damaged) ? 0 : 1;
        }
        assertThat(refused).isBetween(rounds / 4, rounds - 1);
    }

    private static boolean readable(byte[] file) throws IOException {
        try {
            for (Tensor tensor : TorchFile.tensors(MemoryStorage.source("model.pt", file))) {
                int count = (int) Math.min(tensor.elements(), 64);
                tensor.read(tensor.elements() - count, count, new float[64], 0);
            }
            return true;
        } catch (CheckpointException expected) {
            return false;
        }
    }

    private static long[] longs(String numbers) {
        return numbers.isEmpty()
                ? new long[0]
                : Arrays.stream(numbers.split(",")).mapToLong(Long::parseLong).toArray();
    }

    private static List<String> names(byte[] file) throws IOException {
        return TorchFile.tensors(MemoryStorage.source("model.pt", file)).stream()
                .map(Tensor::name)
                .toList();
    }

    private static void refused(byte[] file, Reason reason, String words) {
        assertRefused(() -> names(file), reason, words);
    }
}
