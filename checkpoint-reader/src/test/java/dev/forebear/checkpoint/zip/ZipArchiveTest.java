package dev.forebear.checkpoint.zip;

import static dev.forebear.checkpoint.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.MemoryStorage;
import dev.forebear.checkpoint.storage.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZipArchiveTest {

    private static final int LIMIT = 1_000;

    // Honest archives.

    @Test
    void readsStoredEntryWhereItLies() throws IOException {
        ZipArchive archive = read(two());
        ByteSource stored = archive.stored(archive.find("a/y"));
        var bytes = ByteBuffer.allocate(3);
        stored.read(1, bytes);
        assertThat(bytes.array()).containsExactly(21, 22, 23);
    }

    @Test
    void inflatesSmallEntry() throws IOException {
        ZipArchive archive = read(new ZipBytes().deflated("a", new byte[500]));
        assertThat(archive.readAll(archive.find("a"), LIMIT)).hasSize(500).containsOnly(0);
    }

    @Test
    void readsEndOfLargeArchives() throws IOException {
        assertThat(read(two().wideEnd()).entries()).extracting(ZipEntry::name).containsExactly("a/x", "a/y");
    }

    @Test
    void readsSizesOf64Bits() throws IOException {
        ZipBytes zip = new ZipBytes().stored("a", new byte[] {7});
        zip.last().putInt(20, -1).putInt(24, -1).putInt(42, -1);
        ZipArchive archive = read(zip.wideSizes(1, 1, 0));
        assertThat(archive.readAll(archive.find("a"), LIMIT)).containsExactly(7);
    }

    @Test
    void findsNothingInEmptyArchive() throws IOException {
        assertThat(read(new ZipBytes()).entries()).isEmpty();
    }

    // Lies about the end.

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 21})
    void rejectsFileTooShortForAnEnd(int size) {
        refused(new byte[size], "expected an end of 22 bytes");
    }

    @Test
    void rejectsArchiveThatIsCutOff() {
        byte[] file = two().bytes();
        refused(Arrays.copyOf(file, file.length - 1), "expected the end of a zip archive");
    }

    @Test
    void rejectsBytesAfterTheEnd() {
        byte[] file = two().bytes();
        refused(Arrays.copyOf(file, file.length + 1), "expected the end of a zip archive");
    }

    @Test
    void rejectsCommentThatCouldHideAnotherEnd() {
        byte[] file = two().bytes();
        file[file.length - 2] = 1;
        refused(file, "without a comment");
    }

    @ParameterizedTest
    @CsvSource({"6, 0", "6, -1", "6, 1000000", "10, 0", "10, -1"})
    void rejectsDirectoryThatDoesNotEndWhereTheEndBegins(int field, int value) {
        refused(ZipBytes.changed(two().bytes(), field, value), "expected a directory that ends at");
    }

    @ParameterizedTest
    @CsvSource({"34, -1", "34, 0"})
    void rejectsWideEndThatIsNotRightBeforeItsLocator(int field, int value) {
        refused(ZipBytes.changed(two().wideEnd().bytes(), field, value), "expected the zip64 end right before");
    }

    @Test
    void rejectsTwoEndsThatDisagree() {
        refused(ZipBytes.changed(two().wideEnd().bytes(), 10, 5), "expected both ends of the archive to agree");
    }

    @Test
    void rejectsAnotherNumberOfEntries() {
        int sizeOfDirectory = 2 * (46 + 3);
        refused(ZipBytes.changed(two().bytes(), 12, 3 | sizeOfDirectory << 16), "expected 3 entries, found 2");
    }

    @Test
    void refusesDirectoryOverTheCapBeforeAllocatingIt() {
        assertRefused(
                () -> ZipArchive.read(hugeDirectory(100_000_001)), Reason.REFUSED, "expected at most 100000000 bytes");
    }

    // Lies of the directory.

    @Test
    void rejectsEntryNamedTwice() {
        refused(new ZipBytes().stored("a", "1").stored("a", "2"), "expected each entry once, found a twice");
    }

    @Test
    void rejectsEntryLongerThanTheDirectory() {
        ZipBytes zip = two();
        zip.last().putShort(28, (short) 1000);
        refused(zip, "directory: expected 1046 bytes for the entry");
    }

    @Test
    void rejectsDirectoryOfOtherThings() {
        ZipBytes zip = two();
        zip.last().putInt(0, 7);
        refused(zip, "directory: expected an entry at byte 49, found none");
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000_000, 60, -2})
    void rejectsEntryThatEndsInsideAnother(int size) {
        ZipBytes zip = two();
        zip.last().putInt(20, size).putInt(24, size);
        refused(zip, "a/y: expected to end before byte");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000_000, -2})
    void rejectsHeaderThatLiesInsideAnotherEntry(int header) {
        ZipBytes zip = two();
        zip.last().putInt(42, header);
        refused(zip, "expected to end before byte");
    }

    @Test
    void rejectsNegativeSizesOf64Bits() {
        ZipBytes zip = new ZipBytes().stored("a", new byte[] {7});
        zip.last().putInt(20, -1).putInt(24, -1);
        refused(zip.wideSizes(-1, -1), "a: expected to end before byte");
    }

    @Test
    void rejectsMissingSizesOf64Bits() {
        ZipBytes zip = new ZipBytes().stored("a", new byte[] {7});
        zip.last().putInt(42, -1);
        refused(zip, "a: expected a size of 64 bits, found none");
    }

    @Test
    void rejectsStoredEntryOfTwoSizes() {
        ZipBytes zip = two();
        zip.last().putInt(24, 2);
        refused(zip, "a/y: expected as many stored bytes as its 2, found 4");
    }

    @Test
    void rejectsEntryInAnotherFileOfTheArchive() {
        ZipBytes zip = two();
        zip.last().putShort(34, (short) 2);
        refused(zip, "a/y: expected an archive of one file");
    }

    @Test
    void doesNotReadEncryptedEntries() {
        ZipBytes zip = two();
        zip.last().putShort(8, (short) 1);
        assertRefused(() -> read(zip), Reason.UNSUPPORTED, "a/y: expected plain bytes, found encrypted ones");
    }

    // Lies of an entry.

    @ParameterizedTest
    @CsvSource({"0, 1", "8, 8", "26, 2", "30, 66"})
    void rejectsEntryWhoseOwnHeaderIsAnother(int field, int value) throws IOException {
        byte[] file = new ZipBytes().stored("ab", new byte[4]).bytes();
        file[field] = (byte) value;
        ZipArchive archive = ZipArchive.read(MemoryStorage.source("z", file));
        if (field == 26) {
            file[field] = 1;
        }
        assertRefused(
                () -> archive.readAll(archive.find("ab"), LIMIT),
                Reason.MALFORMED,
                "z: ab: expected the header that the directory tells of at 0, found another");
    }

    @Test
    void rejectsEntryWhoseOwnHeaderReachesIntoTheNext() throws IOException {
        byte[] file = new ZipBytes().stored("ab", new byte[4]).bytes();
        file[28] = 9;
        ZipArchive archive = ZipArchive.read(MemoryStorage.source("z", file));
        assertRefused(() -> archive.readAll(archive.find("ab"), LIMIT), Reason.MALFORMED, "found an overlap");
    }

    @Test
    void rejectsRangeOutsideTheEntry() throws IOException {
        ZipArchive archive = read(two());
        ByteSource stored = archive.stored(archive.find("a/x"));
        assertRefused(
                () -> stored.read(3, ByteBuffer.allocate(2)), Reason.MALFORMED, "expected a range within 4 bytes");
    }

    @Test
    void refusesEntryOverTheCapBeforeInflatingIt() throws IOException {
        ZipArchive archive = read(new ZipBytes().deflated("a", new byte[LIMIT + 1]));
        assertRefused(
                () -> archive.readAll(archive.find("a"), LIMIT), Reason.REFUSED, "a: expected at most 1000 bytes");
    }

    @ParameterizedTest
    @CsvSource({"499, more", "501, 500", "0, more"})
    void rejectsEntryThatInflatesToAnotherSize(int said, String found) throws IOException {
        ZipBytes zip = new ZipBytes().deflated("a", new byte[500]);
        zip.last().putInt(24, said);
        ZipArchive archive = read(zip);
        assertRefused(
                () -> archive.readAll(archive.find("a"), LIMIT),
                Reason.MALFORMED,
                "a: expected to inflate to " + said + " bytes, found " + found);
    }

    @Test
    void rejectsEntryThatIsNotDeflated() throws IOException {
        ZipArchive archive = read(new ZipBytes().entry("a", 8, new byte[] {(byte) 0xff, 1, 2}, 10));
        assertRefused(() -> archive.readAll(archive.find("a"), LIMIT), Reason.MALFORMED, "found damaged data");
    }

    @Test
    void doesNotReadOtherCompressions() throws IOException {
        ZipArchive archive = read(new ZipBytes().entry("a", 12, new byte[3], 10));
        assertRefused(
                () -> archive.readAll(archive.find("a"), LIMIT), Reason.UNSUPPORTED, "found compression method 12");
    }

    @Test
    void doesNotReadCompressedEntriesByRange() throws IOException {
        ZipArchive archive = read(new ZipBytes().deflated("a", new byte[500]));
        assertRefused(() -> archive.stored(archive.find("a")), Reason.UNSUPPORTED, "expected stored bytes");
    }

    /** Whatever a damaged archive says, it is refused or its entries can be read: nothing else is thrown. */
    @Test
    void survivesTruncationAndBitFlips() throws IOException {
        byte[] file = two().deflated("a/z", new byte[300]).wideEnd().bytes();
        var random = new Random(5);
        int refused = 0;
        for (int round = 0; round < 4_000; round++) {
            byte[] damaged = round % 8 == 0 ? Arrays.copyOf(file, random.nextInt(file.length)) : file.clone();
            for (int flips = 1 + round % 4; damaged.length > 0 && flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            refused += readable(damaged) ? 0 : 1;
        }
        assertThat(refused).isBetween(2_000, 3_999);
    }

    private static boolean readable(byte[] file) throws IOException {
        try {
            ZipArchive archive = ZipArchive.read(MemoryStorage.source("z", file));
            for (ZipEntry entry : archive.entries()) {
                archive.readAll(entry, LIMIT);
            }
            return true;
        } catch (CheckpointException expected) {
            return false;
        }
    }

    private static ZipBytes two() {
        return new ZipBytes().stored("a/x", new byte[] {10, 11, 12, 13}).stored("a/y", new byte[] {20, 21, 22, 23});
    }

    private static ZipArchive read(ZipBytes zip) throws IOException {
        return ZipArchive.read(MemoryStorage.source("z", zip.bytes()));
    }

    private static void refused(ZipBytes zip, String words) {
        refused(zip.bytes(), words);
    }

    private static void refused(byte[] file, String words) {
        assertRefused(() -> ZipArchive.read(MemoryStorage.source("z", file)), Reason.MALFORMED, words);
    }

    /** A file that says its directory is large, and fails when that is really read. */
    private static ByteSource hugeDirectory(int size) {
        byte[] end = ZipBytes.changed(new ZipBytes().bytes(), 10, size);
        return new ByteSource() {
            @Override
            public String name() {
                return "z";
            }

            @Override
            public long size() {
                return size + (long) end.length;
            }

            @Override
            public void read(long offset, ByteBuffer target) {
                if (offset < size) {
                    assertThat(target.remaining()).isEqualTo(20);
                    target.put(new byte[20]);
                } else {
                    target.put(end);
                }
            }
        };
    }
}
