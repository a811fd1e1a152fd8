package dev.forebear.checkpoint.tar;

import static dev.forebear.checkpoint.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.BytesSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarArchiveTest {

    @Test
    void listsFilesWhereTheyLie() throws IOException {
        byte[] archive = new TarBytes()
                .folder("./")
                .file("./config.json", new byte[10])
                .file("sub/model.safetensors", new byte[513])
                .file("empty", new byte[0])
                .entry("link", '2', 0, new byte[0])
                .bytes();
        assertThat(files(archive))
                .containsExactly(
                        new TarEntry("config.json", 1024, 10),
                        new TarEntry("sub/model.safetensors", 2048, 513),
                        new TarEntry("empty", 3584, 0));
    }

    @Test
    void readsLongNamesAndSizesOfBothKinds() throws IOException {
        String name = "a".repeat(90) + "/" + "b".repeat(90);
        byte[] archive = new TarBytes()
                .longName(name + "1")
                .file("cut", new byte[1])
                .extended("path", name + "2")
                .file("cut", new byte[2])
                .extended("size", "3")
                .entry("sized", '0', 0, new byte[3])
                .file("plain", new byte[4])
                .bytes();
        assertThat(files(archive)).extracting(TarEntry::name).containsExactly(name + "1", name + "2", "sized", "plain");
        assertThat(files(archive)).extracting(TarEntry::size).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void readsSizesInBinary() throws IOException {
        byte[] size = new byte[12];
        size[0] = (byte) 0x80;
        size[10] = 2;
        byte[] archive = new TarBytes()
                .raw(TarBytes.header("f", '0', size), new byte[512])
                .bytes();
        assertThat(files(archive)).containsExactly(new TarEntry("f", 512, 512));
    }

    @Test
    void endsWithoutBlocksOfZerosToo() throws IOException {
        assertThat(files(new TarBytes().file("f", new byte[5]).unfinished())).hasSize(1);
        assertThat(files(new byte[0])).isEmpty();
    }

    @Test
    void readsHeadersAndNothingBetween() throws IOException {
        byte[] archive = new TarBytes()
                .file("model-1", new byte[200_000])
                .file("model-2", new byte[200_000])
                .bytes();
        var read = new AtomicLong();
        TarArchive.files(counting(new BytesSource("layer", archive), read));
        assertThat(read.get()).isLessThan(100_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret", "/etc/passwd", "a/../../b", "a\\b", "C:/x", "."})
    void refusesNamesThatLeadOutside(String name) {
        assertRefused(
                () -> files(new TarBytes().file(name, new byte[1]).bytes()),
                Reason.REFUSED,
                "expected a relative file name");
        assertRefused(
                () -> files(new TarBytes().longName(name).file("x", new byte[1]).bytes()),
                Reason.REFUSED,
                "expected a relative file name");
    }

    @Test
    void readsNamesOfManyDotsAndZerosInOnePass() throws IOException {
        assertThat(files(new TarBytes()
                        .longName("./".repeat(30_000) + "a")
                        .file("x", new byte[1])
                        .longName("b" + "\0".repeat(60_000) + "c")
                        .file("y", new byte[1])
                        .bytes()))
                .extracting(TarEntry::name)
                .containsExactly("a", "b");
    }

    @Test
    void refusesASizeBeyondTheEnd() {
        assertRefused(
                () -> files(new TarBytes().entry("f", '0', 5000, new byte[10]).bytes()),
                Reason.MALFORMED,
                "expected an entry within 2048 bytes, found 5000 at 512");
        assertRefused(
                () -> files(new TarBytes()
                        .extended("size", "999999999999999999")
                        .file("f", new byte[1])
                        .bytes()),
                Reason.MALFORMED,
                "found 999999999999999999");
    }

    @Test
    void refusesASizeOfMoreThan63Bits() {
        byte[] size = new byte[12];
        Arrays.fill(size, (byte) 0xff);
        assertRefused(
                () -> files(new TarBytes()
                        .raw(TarBytes.header("f", '0', size), new byte[0])
                        .bytes()),
                Reason.MALFORMED,
                "expected a size of 63 bits");
    }

    @Test
    void refusesANumberThatIsNone() {
        byte[] size = "minus one\0\0\0".getBytes(StandardCharsets.US_ASCII);
        assertRefused(
                () -> files(new TarBytes()
                        .raw(TarBytes.header("f", '0', size), new byte[0])
                        .bytes()),
                Reason.MALFORMED,
                "expected an octal number");
    }

    @Test
    void refusesAHeaderWithAWrongChecksum() {
        byte[] archive = new TarBytes().file("f", new byte[1]).bytes();
        archive[0] = 'g';
        assertRefused(() -> files(archive), Reason.MALFORMED, "expected a header with the checksum");
    }

    @Test
    void refusesWhatIsNoHeader() {
        byte[] archive = new byte[1024];
        archive[0] = 1;
        assertRefused(() -> files(archive), Reason.MALFORMED, "expected a header, found other bytes");
        assertRefused(() -> files(new byte[100]), Reason.MALFORMED, "found the end at 100");
    }

    @Test
    void refusesAnExtendedHeaderThatIsNone() {
        byte[] endless = "99 path=x\n".getBytes(StandardCharsets.US_ASCII);
        assertRefused(
                () -> files(
                        new TarBytes().entry("x", 'x', endless.length, endless).bytes()),
                Reason.MALFORMED,
                "found length '99'");
        assertRefused(
                () -> files(new TarBytes()
                        .entry("x", 'x', 100_000, new byte[100_000])
                        .bytes()),
                Reason.MALFORMED,
                "at most 65536 bytes, found 100000");
    }

    @Test
    void refusesSparseFiles() {
        assertRefused(
                () -> files(new TarBytes().entry("f", 'S', 0, new byte[0]).bytes()), Reason.UNSUPPORTED, "type 'S'");
        assertRefused(
                () -> files(new TarBytes()
                        .extended("GNU.sparse.major", "1")
                        .file("f", new byte[1])
                        .bytes()),
                Reason.UNSUPPORTED,
                "found a sparse one");
    }

    @Test
    void refusesALinkWithContent() {
        assertRefused(
                () -> files(new TarBytes().entry("f", '1', 5, new byte[5]).bytes()),
                Reason.MALFORMED,
                "expected a link without content");
    }

    @ParameterizedTest
    @ValueSource(chars = {'1', '2', '5', 'K', 'g', 'S'})
    void refusesWhatIsNoFileWhereOnlyFilesBelong(char type) throws IOException {
        byte[] files = new TarBytes()
                .file("a", new byte[1])
                .extended("mtime", "1.5")
                .file("b", new byte[2])
                .bytes();
        assertThat(TarArchive.onlyFiles(new BytesSource("layer", files)))
                .extracting(TarEntry::name)
                .containsExactly("a", "b");
        byte[] other = new TarBytes().entry("a", type, 0, new byte[0]).bytes();
        assertRefused(
                () -> TarArchive.onlyFiles(new BytesSource("layer", other)),
                Reason.MALFORMED,
                "tar: expected files only, found an entry of type '" + type + "'");
    }

    private static List<TarEntry> files(byte[] archive) throws IOException {
        return TarArchive.files(new BytesSource("layer", archive));
    }

    private static ByteSource counting(ByteSource source, AtomicLong read) {
        return new ByteSource() {
            @Override
            public String name() {
                return source.name();
            }

            @Override
            public long size() {
                return source.size();
            }

            @Override
            public void read(long offset, ByteBuffer target) throws IOException {
                read.addAndGet(target.remaining());
                source.read(offset, target);
            }
        };
    }
}
