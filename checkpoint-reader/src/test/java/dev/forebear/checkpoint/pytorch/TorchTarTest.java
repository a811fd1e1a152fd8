package dev.forebear.checkpoint.pytorch;

import static dev.forebear.checkpoint.Refusal.assertRefused;
import static dev.forebear.checkpoint.pytorch.TorchPickle.F32;
import static dev.forebear.checkpoint.pytorch.TorchPickle.dictionary;
import static dev.forebear.checkpoint.pytorch.TorchTarFile.count;
import static dev.forebear.checkpoint.pytorch.TorchTarFile.kept;
import static dev.forebear.checkpoint.pytorch.TorchTarFile.storage;
import static dev.forebear.checkpoint.pytorch.TorchTarFile.tensor;
import static dev.forebear.checkpoint.pytorch.TorchTarFile.views;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.MemoryStorage;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.BytesSource;
import dev.forebear.checkpoint.tar.TarBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TorchTarTest {

    private static final String FLOAT = "ctorch\nFloatTensor\n";

    // Honest files; the golden one is in PyTorchGoldenTest.

    @Test
    void readsTensorsWhereverTheMembersAre() throws IOException {
        byte[] file = new TorchTarFile()
                .archive("storages", "tensors", "pickle", "sys_info")
                .bytes();
        assertThat(names(file)).containsExactly("a");
    }

    @Test
    void readsOnlyWhatDescribesTheTensors() throws IOException {
        int values = 1 << 20;
        byte[] file = new TorchTarFile()
                .tensors(count(1) + tensor(7, 1, 0, values, 1))
                .storages(count(2) + storage(1, values) + storage(2, values) + "].")
                .bytes();
        var read = new AtomicLong();
        assertThat(TorchFile.tensors(counting(file, read))).hasSize(1);
        assertThat(read).hasValueLessThan(200_000);
    }

    @Test
    void passesOverTensorsWithoutDimensions() throws IOException {
        TorchTarFile file = new TorchTarFile()
                .pickle(dictionary("a", kept("7"), "b", kept("8"), "c", kept("9")))
                .tensors(count(3)
                        + tensor(7, 1, 0, 3, 1)
                        + tensor(8, "N", FLOAT, 0, 0)
                        + tensor(9, "K\u0001", FLOAT, 0, 0));
        assertThat(names(file.bytes())).containsExactly("a");
    }

    // Files of other kinds.

    @ParameterizedTest
    @ValueSource(strings = {"cos\nsystem\nVid\n\u0085R", "cmodels\nNet\n)\u0081}b", "(cmodels\nNet\nNNtQ)R"})
    void reportsFileThatWouldRunCode(String pickle) {
        refused(new TorchTarFile().pickle(pickle), Reason.UNSAFE, "model.pt: pickle, byte");
        refused(new TorchTarFile().info(pickle + "."), Reason.UNSAFE, "an unsafe file that would call");
        refused(new TorchTarFile().tensors(pickle + "."), Reason.UNSAFE, "model.pt: tensors, from byte 0: pickle");
        refused(new TorchTarFile().storages(count(1) + pickle + "."), Reason.UNSAFE, "model.pt: storages, from byte");
        refused(
                new TorchTarFile().storages(count(1) + storage(1, 3) + pickle + "."),
                Reason.UNSAFE,
                "an unsafe file that would call");
    }

    @Test
    void doesNotReadOtherArchives() {
        refused(
                new TarBytes().file("model/weights", new byte[9]).bytes(),
                Reason.UNSUPPORTED,
                "expected the members of a file of torch.save, found model/weights");
    }

    @Test
    void doesNotReadValuesWithTheHighestByteFirst() {
        String machine = dictionary("protocol_version", "I1000\n", "little_endian", "\u0089");
        refused(new TorchTarFile().info(machine + "."), Reason.UNSUPPORTED, "byte order: expected little, found big");
    }

    // Lies of the archive.

    @ParameterizedTest
    @ValueSource(strings = {"sys_info", "pickle", "tensors", "storages"})
    void rejectsMemberThatIsMissingOrThereTwice(String member) {
        List<String> others = List.of("sys_info", "pickle", "tensors", "storages").stream()
                .filter(other -> !other.equals(member))
                .toList();
        refused(
                new TorchTarFile().archive(others.toArray(String[]::new)).bytes(),
                Reason.MALFORMED,
                "expected a member " + member + ", found none");
        refused(
                new TorchTarFile().archive().file(member, new byte[1]).bytes(),
                Reason.MALFORMED,
                "member " + member + ": expected once, found twice");
    }

    @Test
    void rejectsLinkInPlaceOfAMember() {
        byte[] file = new TorchTarFile()
                .archive()
                .entry("storages", '2', 0, new byte[0])
                .bytes();
        refused(file, Reason.MALFORMED, "tar: expected files only, found an entry of type '2'");
    }

    @Test
    void rejectsWhatFollowsTheArchive() {
        byte[] file = new TorchTarFile().bytes();
        byte[] hidden = Arrays.copyOf(file, file.length + 512);
        hidden[file.length] = 's';
        refused(hidden, Reason.MALFORMED, "found other bytes");
        refused(Arrays.copyOf(file, file.length + 12_000), Reason.MALFORMED, "expected the file to end at byte");
    }

    @Test
    void rejectsArchiveThatIsCutOff() {
        byte[] file = new TorchTarFile().archive().bytes();
        refused(Arrays.copyOf(file, file.length - 1024 - 500), Reason.MALFORMED, "tar: expected an entry within");
    }

    @ParameterizedTest
    @ValueSource(strings = {"N.", "}.", "}Vprotocol_version\nI1001\ns.", "}Vprotocol_version\nNs."})
    void rejectsOtherVersions(String info) {
        refused(new TorchTarFile().info(info), Reason.MALFORMED, "model.pt: sys_info: expected");
    }

    @Test
    void rejectsMemberThatGoesOn() {
        String machine = dictionary("protocol_version", "I1000\n") + ".";
        refused(new TorchTarFile().info(machine + "N."), Reason.MALFORMED, "member sys_info: expected the end at byte");
        refused(
                new TorchTarFile().pickle(dictionary("a", kept("7")) + ".N"),
                Reason.MALFORMED,
                "member pickle: expected the end at byte");
        refused(
                new TorchTarFile().tensors(count(1) + tensor(7, 1, 0, 3, 1) + "N."),
                Reason.MALFORMED,
                "tensors: expected the end at byte");
        refused(
                new TorchTarFile().storages(count(1) + storage(1, 3) + "].N."),
                Reason.MALFORMED,
                "storages: expected the end at byte");
    }

    // Lies about storages.

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    void rejectsNegativeCounts(long count) {
        refused(new TorchTarFile().storages(count(count)), Reason.MALFORMED, "storages: expected how many follow");
        refused(new TorchTarFile().tensors(count(count)), Reason.MALFORMED, "tensors: expected how many follow");
    }

    @ParameterizedTest
    @ValueSource(longs = {500_001, Long.MAX_VALUE})
    void refusesAbsurdCounts(long count) {
        refused(new TorchTarFile().storages(count(count)), Reason.REFUSED, "storages: expected at most 500000 entries");
        refused(new TorchTarFile().tensors(count(count)), Reason.REFUSED, "tensors: expected at most 500000 entries");
    }

    @Test
    void rejectsOtherCountsThanWhatIsThere() {
        refused(
                new TorchTarFile().storages(count(2) + storage(1, 3) + "]."),
                Reason.MALFORMED,
                "storages: expected key");
        refused(
                new TorchTarFile().storages(count(0) + storage(1, 3) + "]."),
                Reason.MALFORMED,
                "expected a list of views");
        refused(new TorchTarFile().tensors(count(2) + tensor(7, 1, 0, 3, 1)), Reason.MALFORMED, "tensors, from byte");
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 100, 4611686018427387904L, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void rejectsStorageBeyondTheMember(long values) {
        refused(
                new TorchTarFile().storages(count(1) + storage(1, F32, values) + "\0".repeat(12)),
                Reason.MALFORMED,
                "model.pt: storages: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "N.",
                "(t.",
                "(K\u0001Vcpu\nt.",
                "(NVcpu\nctorch\nFloatStorage\nt.",
                "(K\u0001Nctorch\nFloatStorage\nt.",
                "(K\u0001Vcpu\nNt.",
                "(K\u0001Vcpu\nctorch\nFloatTensor\nt."
            })
    void rejectsWhatIsNoStorage(String head) {
        refused(new TorchTarFile().storages(count(1) + head), Reason.MALFORMED, "storages: expected key");
    }

    @Test
    void rejectsStorageOrViewThatIsThereTwice() {
        refused(
                new TorchTarFile().storages(count(2) + storage(1, 3) + storage(1, 3) + "]."),
                Reason.MALFORMED,
                "storage 1: expected once, found twice");
        refused(
                new TorchTarFile().storages(count(1) + storage(1, 3) + views(1, 1, 0, 2)),
                Reason.MALFORMED,
                "storage 1: expected once, found twice");
    }

    @ParameterizedTest
    @CsvSource({"0, 4", "4, 0", "3, 1", "-1, 1", "0, -1", "9223372036854775807, 1", "1, 9223372036854775807"})
    void rejectsViewOutsideItsStorage(long first, long values) {
        refused(
                new TorchTarFile().storages(count(1) + storage(1, 3) + views(2, 1, first, values)),
                Reason.MALFORMED,
                "storages: storage 2: expected a view within 3 values, found " + values + " from " + first + " on");
    }

    @Test
    void rejectsViewOfWhatIsNoStorage() {
        refused(
                new TorchTarFile().storages(count(1) + storage(1, 3) + views(2, 3, 0, 1)),
                Reason.MALFORMED,
                "storage 2: expected a view of a storage of the file, found one of 3");
        refused(
                new TorchTarFile().storages(count(1) + storage(1, 3) + views(2, 1, 0)),
                Reason.MALFORMED,
                "expected four numbers of a view");
    }

    // Lies about tensors.

    @ParameterizedTest
    @CsvSource({
        "0, 4, 1",
        "0, 2, 3",
        "3, 1, 1",
        "-1, 1, 1",
        "0, -1, 1",
        "0, 2, -1",
        "9223372036854775807, 2, 1",
        "0, 9223372036854775807, 9223372036854775807"
    })
    void rejectsValuesOutsideTheStorage(long offset, long size, long stride) {
        refused(
                new TorchTarFile().tensors(count(1) + tensor(7, 1, offset, size, stride)),
                Reason.MALFORMED,
                "model.pt: tensors: tensor 7: expected");
    }

    @Test
    void rejectsValuesOutsideTheView() {
        TorchTarFile file = new TorchTarFile().storages(count(1) + storage(1, 3) + views(2, 1, 1, 2));
        refused(
                file.tensors(count(1) + tensor(7, 2, 0, 3, 1)),
                Reason.MALFORMED,
                "tensor 7: expected values within the 8 bytes of storage 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 257, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void rejectsAbsurdNumbersOfDimensionsBeforeReadingThem(int dimensions) {
        refused(
                new TorchTarFile().tensors(count(1) + tensor(7, "K\u0001", FLOAT, dimensions)),
                Reason.MALFORMED,
                "tensor 7: expected at most 256 dimensions, found " + dimensions);
    }

    @Test
    void rejectsDimensionsThatAreCutOff() {
        refused(
                new TorchTarFile().tensors(count(1) + tensor(7, "K\u0001", FLOAT, 2, 3, 1)),
                Reason.MALFORMED,
                "model.pt: tensors: expected 16 bytes from byte");
    }

    @Test
    void rejectsTensorOfAnotherDtypeThanItsStorage() {
        refused(
                new TorchTarFile().tensors(count(1) + tensor(7, "K\u0001", "ctorch\nIntTensor\n", 1, 3, 1, 0)),
                Reason.MALFORMED,
                "tensor 7: expected a storage of I32, found one of F32");
    }

    @ParameterizedTest
    @ValueSource(strings = {"N", "K\u0007", "K\u0002", "V1\n"})
    void rejectsTensorWithoutItsStorage(String storage) {
        refused(
                new TorchTarFile().tensors(count(1) + tensor(7, storage, FLOAT, 1, 3, 1, 0)),
                Reason.MALFORMED,
                "tensor 7: expected a storage of the file, found another");
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 1})
    void rejectsKeyOfTwoObjects(long key) {
        refused(
                new TorchTarFile().tensors(count(2) + tensor(7, 1, 0, 3, 1) + tensor(key, 1, 0, 3, 1)),
                Reason.MALFORMED,
                "tensor " + key + ": expected one object of this key, found two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"V8\nQ", "V07\nQ", "V\nQ", "K\u0007Q", "NQ"})
    void rejectsPickleOfObjectsThatAreNotThere(String object) {
        refused(
                new TorchTarFile().pickle(dictionary("a", kept("7"), "b", object)),
                Reason.MALFORMED,
                "pickle: expected a tensor or storage of the file, found");
    }

    @Test
    void doesNotReadTensorLargerThanWhatIsStored() {
        refused(
                new TorchTarFile().tensors(count(1) + tensor(7, 1, 0, 1L << 40, 0)),
                Reason.UNSUPPORTED,
                "tensor a: expected each value to be stored, found 1099511627776 values of 3 stored ones");
    }

    @Test
    void rejectsFileWithoutTensors() {
        refused(
                new TorchTarFile().pickle(dictionary("a", kept("1"))),
                Reason.MALFORMED,
                "expected a dictionary of tensors, found none");
    }

    private static ByteSource counting(byte[] file, AtomicLong read) {
        var bytes = new BytesSource("model.pt", file);
        return new ByteSource() {

            @Override
            public String name() {
                return bytes.name();
            }

            @Override
            public long size() {
                return bytes.size();
            }

            @Override
            public void read(long offset, ByteBuffer target) throws IOException {
                read.addAndGet(target.remaining());
                bytes.read(offset, target);
            }
        };
    }

    private static List<String> names(byte[] file) throws IOException {
        return TorchFile.tensors(MemoryStorage.source("model.pt", file)).stream()
                .map(Tensor::name)
                .toList();
    }

    private static void refused(TorchTarFile file, Reason reason, String words) {
        refused(file.bytes(), reason, words);
    }

    private static void refused(byte[] file, Reason reason, String words) {
        assertRefused(() -> names(file), reason, words);
    }
}
