package dev.forebear.checkpoint.storage;

import static dev.forebear.checkpoint.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.CheckpointException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every place where weights lie must do. */
public interface StorageContract {

    int SIZE = 200_000;

    /** A storage over what {@link #put} puts. */
    Storage storage() throws IOException;

    /** Puts or replaces a file. */
    void put(String name, byte[] content) throws IOException;

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 1", "0, 200000", "199999, 1", "200000, 0", "1, 65536", "70001, 129999"})
    default void readsAnyRange(long offset, int length) throws IOException {
        byte[] content = random();
        put("model.safetensors", content);
        try (Storage storage = storage()) {
            ByteSource source = storage.open("model.safetensors");
            var target = ByteBuffer.allocate(length + 2).position(1).limit(length + 1);
            source.read(offset, target);
            assertThat(source.size()).isEqualTo(SIZE);
            assertThat(target.hasRemaining()).isFalse();
            assertThat(target.slice(1, length))
                    .isEqualTo(ByteBuffer.wrap(content).slice((int) offset, length));
        }
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "200001, 0", "200000, 1", "1, 200000", "9223372036854775807, 2"})
    default void refusesRangesOutsideTheObject(long offset, int length) throws IOException {
        put("model.safetensors", random());
        try (Storage storage = storage()) {
            ByteSource source = storage.open("model.safetensors");
            assertRefused(
                    () -> source.read(offset, ByteBuffer.allocate(length)),
                    Reason.MALFORMED,
                    "expected a range within");
        }
    }

    @Test
    default void listsNamesSizesAndRevisionsInOrder() throws IOException {
        put("b.json", new byte[3]);
        put("a with space+%20.json", new byte[2]);
        put("sub/folder/c.json", new byte[0]);
        try (Storage storage = storage()) {
            assertThat(storage.list())
                    .extracting(StoredFile::name)
                    .containsExactly("a with space+%20.json", "b.json", "sub/folder/c.json");
            assertThat(storage.list()).extracting(StoredFile::size).containsExactly(2L, 3L, 0L);
            String before = storage.list().get(1).revision();
            assertThat(before).isNotEmpty().doesNotContain("\"");
            assertThat(storage.list().get(1).revision()).isEqualTo(before);
            assertThat(storage.open("a with space+%20.json").readAll(2)).hasSize(2);
            put("b.json", new byte[4]);
            try (Storage later = storage()) {
                assertThat(later.list().get(1).revision()).isNotEqualTo(before);
            }
        }
    }

    @Test
    default void readsWholeObjectsUpToALimit() throws IOException {
        put("config.json", "{}".getBytes());
        try (Storage storage = storage()) {
            ByteSource source = storage.open("config.json");
            assertThat(source.readAll(2)).asString().isEqualTo("{}");
            assertRefused(() -> source.readAll(1), Reason.REFUSED, "expected at most 1 bytes, found 2");
        }
    }

    @Test
    default void missesAbsentFile() throws IOException {
        put("config.json", new byte[1]);
        try (Storage storage = storage()) {
            assertRefused(() -> storage.open("absent.json"), Reason.MISSING, "absent.json");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../secret", "/etc/passwd", "a/../../b", "a//b", "./a", "", "a\\..\\b", "C:/x", "a\nb", "a/"})
    default void refusesNamesThatLeadOutside(String name) throws IOException {
        try (Storage storage = storage()) {
            assertRefused(() -> storage.open(name), Reason.REFUSED, "expected a relative file name");
        }
    }

    @Test
    default void noticesChangeWhileReading() throws IOException {
        put("model.safetensors", random());
        try (Storage storage = storage()) {
            ByteSource source = storage.open("model.safetensors");
            source.read(0, ByteBuffer.allocate(10));
            put("model.safetensors", new byte[SIZE + 1]);
            assertRefused(() -> source.read(0, ByteBuffer.allocate(10)), Reason.CHANGED, "changed while it was read");
        }
    }

    @Test
    default void servesSeveralThreads() throws IOException {
        byte[] content = random();
        put("model.safetensors", content);
        try (Storage storage = storage()) {
            ByteSource source = storage.open("model.safetensors");
            boolean equal = IntStream.range(0, 64).parallel().allMatch(part -> {
                var target = ByteBuffer.allocate(1000);
                try {
                    source.read(part * 1000L, target);
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
                return target.flip().equals(ByteBuffer.wrap(content).slice(part * 1000, 1000));
            });
            assertThat(equal).isTrue();
        }
    }

    @Test
    default void countsBytesAndRequests() throws IOException {
        put("model.safetensors", random());
        try (Storage storage = storage()) {
            ByteSource source = storage.open("model.safetensors");
            ReadTotals before = storage.totals();
            source.read(0, ByteBuffer.allocate(1000));
            source.read(500, ByteBuffer.allocate(1000));
            assertThat(storage.totals()).isEqualTo(new ReadTotals(before.bytes() + 2000, before.requests() + 2));
        }
    }

    private static byte[] random() {
        var content = new byte[SIZE];
        new Random(7).nextBytes(content);
        return content;
    }
}
