package dev.forebear.checkpoint.storage;

import static dev.forebear.checkpoint.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.CheckpointException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallFilesTest {

    @TempDir
    private Path folder;

    @Test
    void readsASmallFileWithOneRequest() throws IOException {
        byte[] content = put("small", 100_000);
        try (var storage = new SmallFiles(new FolderStorage(folder))) {
            ByteSource source = storage.open("small");
            long opened = storage.totals().requests();
            for (int offset = 0; offset < 100_000; offset += 1_000) {
                assertThat(read(source, offset, 10)).isEqualTo(ByteBuffer.wrap(content, offset, 10));
            }
            assertThat(storage.totals()).isEqualTo(new ReadTotals(100_000, opened + 1));
        }
    }

    @Test
    void readsOfALargeFileOnlyWhatIsAskedFor() throws IOException {
        byte[] content = put("large", (8 << 20) + 1);
        try (var storage = new SmallFiles(new FolderStorage(folder))) {
            assertThat(read(storage.open("large"), 5, 10)).isEqualTo(ByteBuffer.wrap(content, 5, 10));
            assertThat(storage.totals().bytes()).isEqualTo(10);
        }
    }

    @Test
    void keepsNoMoreThanItsBudget() throws IOException {
        put("small", 8 << 20);
        try (var storage = new SmallFiles(new FolderStorage(folder))) {
            for (int i = 0; i < 8; i++) {
                read(storage.open("small"), 0, 1);
            }
            long kept = storage.totals().bytes();
            read(storage.open("small"), 0, 1);
            assertThat(kept).isEqualTo(64 << 20);
            assertThat(storage.totals().bytes()).isEqualTo(kept + 1);
        }
    }

    @Test
    void refusesRangesOutsideTheFile() throws IOException {
        put("small", 10);
        try (var storage = new SmallFiles(new FolderStorage(folder))) {
            ByteSource source = storage.open("small");
            assertRefused(() -> read(source, 8, 3), Reason.MALFORMED, "expected a range within 10 bytes");
        }
    }

    private byte[] put(String name, int size) throws IOException {
        byte[] content = new byte[size];
        new Random(1).nextBytes(content);
        Files.write(folder.resolve(name), content);
        return content;
    }

    private static ByteBuffer read(ByteSource source, long offset, int length) throws IOException {
        var target = ByteBuffer.allocate(length);
        source.read(offset, target);
        return target.flip();
    }
}
